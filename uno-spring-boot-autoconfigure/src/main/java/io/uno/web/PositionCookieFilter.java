package io.uno.web;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

import io.uno.datasource.Databases;
import io.uno.datasource.Position;
import io.uno.routing.PositionStore;
import io.uno.routing.RoutingTemplate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Has each request read what its caller has written before, on whatever instance of the
 * application: a signed cookie takes along up to where that was. It holds a database, a
 * timeline and a place in the log, and nothing else. Whatever is wrong with a cookie, the
 * request goes on as one without. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public class PositionCookieFilter extends OncePerRequestFilter {

	private static final String ATTRIBUTE = PositionCookieFilter.class.getName() + ".positions";

	private final RoutingTemplate routing;

	private final Databases databases;

	private final PositionCookie cookie;

	private final PositionCodec codec;

	private final PositionStore late;

	private final PositionCookieListener listener;

	/**
	 * Creates a filter.
	 * @param routing has the work of a request carry its positions
	 * @param databases all databases
	 * @param cookie how the cookie looks
	 * @param secret the key that it is signed with, the same on all instances; at least
	 * 32 bytes
	 * @param late keeps positions that are known only after a response was sent
	 * @param listener is told of what is out of the ordinary
	 */
	public PositionCookieFilter(RoutingTemplate routing, Databases databases, PositionCookie cookie, byte[] secret,
			PositionStore late, PositionCookieListener listener) {
		this.routing = routing;
		this.databases = databases;
		this.cookie = cookie;
		this.codec = new PositionCodec(cookie.name(), secret, cookie.maxAge());
		this.late = late;
		this.listener = listener;
	}

	/**
	 * What is dispatched once more belongs to the same caller.
	 */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Carried carried = carried(request);
		carried.positions().begin(request, response);
		try {
			carried.routing().run(() -> chain.doFilter(request, response));
		}
		catch (ServletException | IOException | RuntimeException | Error ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new ServletException(ex);
		}
		finally {
			end(carried.positions(), request);
		}
	}

	private static void end(RequestPositions positions, HttpServletRequest request) {
		if (request.isAsyncStarted()) {
			positions.leave();
			request.getAsyncContext().addListener(new RequestEnd(positions));
		}
		else {
			positions.end();
		}
	}

	private Carried carried(HttpServletRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof Carried known) {
			return known;
		}
		RequestPositions positions = new RequestPositions(brought(request), this);
		Carried carried = new Carried(positions, this.routing.carriedBy(positions));
		request.setAttribute(ATTRIBUTE, carried);
		return carried;
	}

	private List<Position> brought(HttpServletRequest request) {
		Cookie brought = WebUtils.getCookie(request, this.cookie.name());
		if (brought == null || brought.getValue().isEmpty()) {
			return List.of();
		}
		long now = System.currentTimeMillis();
		try {
			return this.codec.decode(brought.getValue(), now)
				.stream()
				.filter((position) -> isOfKnownDatabase(position) && isPast(position, now))
				.toList();
		}
		catch (RefusedCookieException ex) {
			this.listener.refused(ex.refusal());
			return List.of();
		}
	}

	private boolean isOfKnownDatabase(Position position) {
		boolean known = this.databases.all()
			.stream()
			.anyMatch((database) -> database.name().equals(position.database()));
		if (!known) {
			this.listener.refused(CookieRefusal.UNKNOWN_DATABASE);
		}
		return known;
	}

	/**
	 * The clocks of instances may differ a little.
	 */
	private boolean isPast(Position position, long now) {
		boolean past = !position.isTime() || position.value() - now <= this.cookie.maxAge().toMillis();
		if (!past) {
			this.listener.refused(CookieRefusal.IN_FUTURE);
		}
		return past;
	}

	String header(Collection<Position> positions, boolean secureRequest) {
		return positions.isEmpty() ? this.cookie.removal(secureRequest)
				: this.cookie.header(this.codec.encode(positions, System.currentTimeMillis()), secureRequest);
	}

	boolean isCookie(String header) {
		return header.startsWith(this.cookie.name() + "=");
	}

	PositionStore late() {
		return this.late;
	}

	PositionCookieListener listener() {
		return this.listener;
	}

	/**
	 * What all dispatches of a request have in common.
	 *
	 * @param positions the positions that it has brought
	 * @param routing runs the work of a dispatch with them
	 */
	record Carried(RequestPositions positions, RoutingTemplate routing) {

	}

}
