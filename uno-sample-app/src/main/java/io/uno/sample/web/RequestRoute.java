package io.uno.sample.web;

import java.util.Optional;

import io.uno.routing.Route;
import io.uno.routing.RouteListener;

import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Remembers where a request was routed to. The last route counts, as it has led to the
 * answer.
 */
@Component
class RequestRoute implements RouteListener {

	private static final String ATTRIBUTE = RequestRoute.class.getName();

	@Override
	public void routed(Route route) {
		RequestAttributes request = RequestContextHolder.getRequestAttributes();
		if (request != null) {
			request.setAttribute(ATTRIBUTE, route, RequestAttributes.SCOPE_REQUEST);
		}
	}

	/**
	 * The route of the current request; empty if it has not asked a database.
	 */
	Optional<Route> current() {
		return Optional.ofNullable((Route) RequestContextHolder.currentRequestAttributes()
			.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
	}

}
