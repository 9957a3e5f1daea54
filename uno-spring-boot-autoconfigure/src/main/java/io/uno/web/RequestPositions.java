package io.uno.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.uno.datasource.Position;
import io.uno.routing.PositionCarrier;
import io.uno.routing.PositionScope;
import io.uno.routing.PositionStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The positions that a request has brought, and those that its response takes along. The
 * header is set at each change, as nobody tells when the response is about to be sent.
 */
final class RequestPositions implements PositionCarrier {

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final PositionCookieFilter filter;

	private final Map<String, Position> positions = new ConcurrentHashMap<>();

	private final @Nullable PositionScope caller;

	RequestPositions(HttpServletRequest request, HttpServletResponse response, Collection<Position> brought,
			PositionCookieFilter filter) {
		this.request = request;
		this.response = response;
		this.filter = filter;
		this.caller = callerOf(request);
		brought.forEach((position) -> this.positions.merge(position.database(), position, RequestPositions::later));
	}

	private static @Nullable PositionScope callerOf(HttpServletRequest request) {
		if (request.getRemoteUser() != null) {
			return PositionScope.user(request.getRemoteUser());
		}
		HttpSession session = request.getSession(false);
		return (session != null) ? PositionScope.session(session.getId()) : null;
	}

	private static Position later(Position one, Position other) {
		return one.isAfter(other) ? one : other;
	}

	@Override
	public @Nullable Position get(String database) {
		Position carried = this.positions.get(database);
		Position late = (this.caller != null) ? late().get(this.caller, database) : null;
		if (carried == null || late == null) {
			return (carried != null) ? carried : late;
		}
		return later(carried, late);
	}

	private PositionStore late() {
		return this.filter.late();
	}

	@Override
	public synchronized void advance(Position position) {
		this.positions.merge(position.database(), position, RequestPositions::later);
		if (this.response.isCommitted()) {
			this.filter.listener().late();
			if (this.caller != null) {
				late().advance(this.caller, position);
			}
		}
		else {
			write();
		}
	}

	@Override
	public synchronized void forget(Position position) {
		if (this.caller != null) {
			late().forget(this.caller, position);
		}
		Position known = this.positions.get(position.database());
		if (known != null && !known.isAfter(position)) {
			this.positions.remove(position.database());
			if (!this.response.isCommitted()) {
				write();
			}
		}
	}

	/**
	 * In the place of the header that was set before, beside those of others.
	 */
	private void write() {
		String header = this.filter.header(this.positions.values(), this.request.isSecure());
		List<String> others = this.response.getHeaders(HttpHeaders.SET_COOKIE)
			.stream()
			.filter((other) -> !this.filter.isCookie(other))
			.toList();
		if (others.isEmpty()) {
			this.response.setHeader(HttpHeaders.SET_COOKIE, header);
		}
		else {
			this.response.setHeader(HttpHeaders.SET_COOKIE, others.get(0));
			others.stream().skip(1).forEach((other) -> this.response.addHeader(HttpHeaders.SET_COOKIE, other));
			this.response.addHeader(HttpHeaders.SET_COOKIE, header);
		}
	}

}
