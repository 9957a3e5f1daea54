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
 * Work may go on after the request; by then the server has given its objects to others.
 */
final class RequestPositions implements PositionCarrier {

	private final PositionCookieFilter filter;

	private final Map<String, Position> positions = new ConcurrentHashMap<>();

	private @Nullable Exchange exchange;

	private boolean written;

	private volatile @Nullable PositionScope caller;

	RequestPositions(Collection<Position> brought, PositionCookieFilter filter) {
		this.filter = filter;
		brought.forEach(this::keep);
	}

	/**
	 * Begins a dispatch of the request.
	 */
	synchronized void begin(HttpServletRequest request, HttpServletResponse response) {
		this.exchange = new Exchange(request, response);
		recognize(request);
		restore();
	}

	/**
	 * Ends a dispatch that leaves work to other threads, before the request ends.
	 */
	synchronized void leave() {
		if (this.exchange != null) {
			recognize(this.exchange.request());
		}
	}

	/**
	 * Ends the request, or a dispatch that another one may follow.
	 */
	synchronized void end() {
		leave();
		restore();
		this.exchange = null;
	}

	private void recognize(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (request.getRemoteUser() != null) {
			this.caller = PositionScope.user(request.getRemoteUser());
		}
		else if (session != null) {
			this.caller = PositionScope.session(session.getId());
		}
	}

	/**
	 * Whoever resets a response takes our header away, too.
	 */
	private void restore() {
		if (this.written && this.exchange != null && !hasCookie(this.exchange.response())) {
			write();
		}
	}

	private boolean hasCookie(HttpServletResponse response) {
		return response.getHeaders(HttpHeaders.SET_COOKIE).stream().anyMatch(this.filter::isCookie);
	}

	private void keep(Position position) {
		this.positions.merge(position.database(), position, (one, other) -> one.isAfter(other) ? one : other);
	}

	@Override
	public @Nullable PositionScope caller() {
		return this.caller;
	}

	@Override
	public @Nullable Position get(String database) {
		PositionScope scope = this.caller;
		Position late = (scope != null) ? late().get(scope, database) : null;
		Position carried = this.positions.get(database);
		if (late == null || (carried != null && !late.isAfter(carried))) {
			return carried;
		}
		takeOver(late);
		return late;
	}

	/**
	 * From here on it holds on every instance.
	 */
	private synchronized void takeOver(Position late) {
		keep(late);
		write();
	}

	private PositionStore late() {
		return this.filter.late();
	}

	@Override
	public synchronized void advance(Position position) {
		keep(position);
		if (!write()) {
			keepLate(position);
		}
	}

	private void keepLate(Position position) {
		this.filter.listener().late();
		if (this.caller == null) {
			leave();
		}
		PositionScope scope = this.caller;
		if (scope != null) {
			late().advance(scope, position);
		}
	}

	@Override
	public synchronized void forget(Position position) {
		PositionScope scope = this.caller;
		if (scope != null) {
			late().forget(scope, position);
		}
		Position known = this.positions.get(position.database());
		if (known != null && !known.isAfter(position)) {
			this.positions.remove(position.database());
			write();
		}
	}

	/**
	 * In the place of the header that was set before, beside those of others.
	 * @return whether that was still possible
	 */
	private boolean write() {
		if (this.exchange == null || this.exchange.response().isCommitted()) {
			return false;
		}
		HttpServletResponse response = this.exchange.response();
		List<String> others = response.getHeaders(HttpHeaders.SET_COOKIE)
			.stream()
			.filter((other) -> !this.filter.isCookie(other))
			.toList();
		String header = this.filter.header(this.positions.values(), this.exchange.request().isSecure());
		response.setHeader(HttpHeaders.SET_COOKIE, others.isEmpty() ? header : others.get(0));
		if (!others.isEmpty()) {
			others.stream().skip(1).forEach((other) -> response.addHeader(HttpHeaders.SET_COOKIE, other));
			response.addHeader(HttpHeaders.SET_COOKIE, header);
		}
		this.written = true;
		return true;
	}

	/**
	 * What the server has given to the request, for as long as that lasts.
	 *
	 * @param request the request
	 * @param response its response
	 */
	private record Exchange(HttpServletRequest request, HttpServletResponse response) {
	}

}
