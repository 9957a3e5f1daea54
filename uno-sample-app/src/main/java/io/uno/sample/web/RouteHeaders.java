package io.uno.sample.web;

import java.util.Locale;

import io.uno.datasource.Node;
import io.uno.routing.Route;
import io.uno.session.DatabaseFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Tells beside each answer, be it a refusal, which server gave it, why that one, and how
 * far it was behind.
 */
@RestControllerAdvice(basePackageClasses = RouteHeaders.class)
class RouteHeaders implements ResponseBodyAdvice<Object> {

	private final RequestRoute route;

	private final DatabaseFactory databases;

	RouteHeaders(RequestRoute route, DatabaseFactory databases) {
		this.route = route;
		this.databases = databases;
	}

	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return true;
	}

	@Override
	public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType, MediaType contentType,
			Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
			ServerHttpResponse response) {
		this.route.current().ifPresent((chosen) -> write(chosen, response.getHeaders()));
		return body;
	}

	private void write(Route chosen, HttpHeaders headers) {
		headers.set("Uno-Node", chosen.node().id());
		headers.set("Uno-Reason", chosen.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		headers.set("Uno-Reason-Text", chosen.reason().getDescription());
		headers.set("Uno-Lag", lag(chosen.node()).toString());
	}

	private Lag lag(Node node) {
		// a primary would have to be asked, and has no lag
		return node.replica() ? Lag.of(node, this.databases.stateOf(node)) : Lag.none();
	}

}
