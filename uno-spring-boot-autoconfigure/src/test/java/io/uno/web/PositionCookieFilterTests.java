package io.uno.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.Position;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.PositionCarrier;
import io.uno.routing.PositionScope;
import io.uno.routing.PositionStore;
import io.uno.routing.RoutingTemplate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PositionCookieFilterTests {

	private static final Duration MAX_AGE = Duration.ofMinutes(5);

	private static final byte[] SECRET = "one key, as long as it has to be".getBytes(StandardCharsets.UTF_8);

	private static final Position WRITTEN = new Position("atlas", 1, 42);

	private final PositionStore late = PositionStore.inMemory(MAX_AGE);

	private final Events events = new Events();

	private final RoutingTemplate routing;

	private final PositionCookieFilter filter;

	private final PositionCodec codec = new PositionCodec("uno-position", SECRET, MAX_AGE);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	PositionCookieFilterTests() {
		Databases databases = new Databases(List.of(new Database("atlas", Node.main("atlas"),
				List.of(Node.replica("atlas", "east", 1)), List.of(), List.of())), "atlas");
		this.routing = new RoutingTemplate(new DatabaseClaims(databases));
		this.filter = new PositionCookieFilter(this.routing, databases,
				new PositionCookie("uno-position", "/", MAX_AGE, null), SECRET, this.late, this.events);
	}

	@Test
	void requestReadsWhatItsCookieSaysWasWritten() throws Exception {
		bring(now(), WRITTEN);
		assertThat(seen()).isEqualTo(WRITTEN);
		assertThat(this.events.refused).isEmpty();
	}

	@Test
	void requestWithoutCookieHasNoPosition() throws Exception {
		assertThat(seen()).isNull();
		assertThat(this.response.getHeaders("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "forged", "%%%", "=", "\u0000" })
	void garbageIsNotTakenAndTold(String value) throws Exception {
		this.request.setCookies(new Cookie("uno-position", value));
		assertThat(seen()).isNull();
		assertThat(this.events.refused).containsExactly(CookieRefusal.GARBAGE);
	}

	@Test
	void cookieThatIsTooOldIsNotTakenAndTold() throws Exception {
		bring(now() - MAX_AGE.toMillis() - 1000, WRITTEN);
		assertThat(seen()).isNull();
		assertThat(this.events.refused).containsExactly(CookieRefusal.TOO_OLD);
	}

	@Test
	void positionOfAnUnknownDatabaseIsNotTakenAndTold() throws Exception {
		bring(now(), new Position("attic", 1, 42), WRITTEN);
		assertThat(seen()).isEqualTo(WRITTEN);
		assertThat(this.events.refused).containsExactly(CookieRefusal.UNKNOWN_DATABASE);
	}

	@Test
	void momentInTheFutureIsNotTakenAndTold() throws Exception {
		bring(now(), Position.ofTime("atlas", now() + Duration.ofDays(1).toMillis()));
		assertThat(seen()).isNull();
		assertThat(this.events.refused).containsExactly(CookieRefusal.IN_FUTURE);
	}

	@Test
	void momentOfAClockThatIsALittleAheadIsTaken() throws Exception {
		Position moment = Position.ofTime("atlas", now() + 1000);
		bring(now(), moment);
		assertThat(seen()).isEqualTo(moment);
	}

	@Test
	void laterOfTwoWritesIsCarriedBesideOtherCookies() throws Exception {
		this.response.addHeader("Set-Cookie", "one=1");
		run((request, answer) -> {
			carrier().advance(WRITTEN);
			this.response.addHeader("Set-Cookie", "two=2");
			carrier().advance(new Position("atlas", 1, 43));
			carrier().advance(WRITTEN);
		});
		assertThat(this.response.getHeaders("Set-Cookie")).hasSize(3)
			.anyMatch((header) -> header.startsWith("one=1"))
			.anyMatch((header) -> header.startsWith("two=2"));
		assertThat(carried()).containsExactly(new Position("atlas", 1, 43));
	}

	@Test
	void cookieIsForTheServerOnlyAndForTlsWhereTheRequestIs() throws Exception {
		this.request.setSecure(true);
		run((request, answer) -> carrier().advance(WRITTEN));
		assertThat(this.response.getHeader("Set-Cookie")).contains("; Path=/", "; Max-Age=300", "; HttpOnly",
				"; SameSite=Lax", "; Secure");
	}

	@Test
	void cookieIsTakenBackWhenItsPositionIsForgotten() throws Exception {
		bring(now(), WRITTEN);
		run((request, answer) -> carrier().forget(WRITTEN));
		assertThat(this.response.getHeader("Set-Cookie")).startsWith("uno-position=;").contains("Max-Age=0");
	}

	@Test
	void earlierPositionThatIsForgottenLeavesTheLaterOne() throws Exception {
		run((request, answer) -> {
			carrier().advance(WRITTEN);
			carrier().forget(new Position("atlas", 1, 41));
		});
		assertThat(carried()).containsExactly(WRITTEN);
	}

	@Test
	void writeAfterTheResponseIsKeptForTheUser() throws Exception {
		this.request.setRemoteUser("joe");
		run((request, answer) -> {
			answer.flushBuffer();
			carrier().advance(WRITTEN);
		});
		assertThat(this.response.getHeaders("Set-Cookie")).isEmpty();
		assertThat(this.late.get(PositionScope.user("joe"), "atlas")).isEqualTo(WRITTEN);
		assertThat(this.events.late).isOne();
	}

	@Test
	void writeAfterTheRequestIsKeptForTheSessionThatItHasBegun() throws Exception {
		MockHttpSession session = new MockHttpSession();
		run((request, answer) -> this.request.setSession(session));
		carrier().advance(WRITTEN);
		assertThat(this.response.getHeaders("Set-Cookie")).isEmpty();
		assertThat(this.late.get(PositionScope.session(session.getId()), "atlas")).isEqualTo(WRITTEN);
		assertThat(this.events.late).isOne();
	}

	@Test
	void writeAfterTheResponseIsKeptForTheSessionThatTheRequestHasBegun() throws Exception {
		MockHttpSession session = new MockHttpSession();
		run((request, answer) -> {
			this.request.setSession(session);
			answer.flushBuffer();
			carrier().advance(WRITTEN);
		});
		assertThat(this.late.get(PositionScope.session(session.getId()), "atlas")).isEqualTo(WRITTEN);
	}

	@Test
	void writesOfAThreadAreCarriedUntilItHasCompletedTheRequest() throws Exception {
		this.request.setAsyncSupported(true);
		this.request.setRemoteUser("joe");
		run((request, answer) -> request.startAsync());
		carrier().advance(WRITTEN);
		assertThat(carried()).containsExactly(WRITTEN);
		assertThat(this.events.late).isZero();
		Objects.requireNonNull(this.request.getAsyncContext()).complete();
		Position later = new Position("atlas", 1, 43);
		carrier().advance(later);
		assertThat(carried()).containsExactly(WRITTEN);
		assertThat(this.late.get(PositionScope.user("joe"), "atlas")).isEqualTo(later);
	}

	@Test
	void writeAfterTheResponseOfNobodyIsToldAndBeginsNoSession() throws Exception {
		run((request, answer) -> {
			answer.flushBuffer();
			carrier().advance(WRITTEN);
		});
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.events.late).isOne();
	}

	@Test
	void positionThatWasKeptForTheUserIsReadAndCarriedFromThenOn() throws Exception {
		this.late.advance(PositionScope.user("joe"), WRITTEN);
		this.request.setRemoteUser("joe");
		assertThat(seen()).isEqualTo(WRITTEN);
		assertThat(carried()).containsExactly(WRITTEN);
	}

	@Test
	void positionThatWasKeptForTheUserIsForgottenWithTheCookie() throws Exception {
		this.late.advance(PositionScope.user("joe"), WRITTEN);
		this.request.setRemoteUser("joe");
		run((request, answer) -> carrier().forget(WRITTEN));
		assertThat(this.late.get(PositionScope.user("joe"), "atlas")).isNull();
	}

	@Test
	void cookieOutlivesAResetOfTheResponse() throws Exception {
		run((request, answer) -> {
			carrier().advance(WRITTEN);
			answer.reset();
		});
		assertThat(carried()).containsExactly(WRITTEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a;b", "a=b", "ä", "a\n" })
	void nameThatNoCookieCanHaveIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PositionCookie(name, "/", MAX_AGE, null))
			.withMessageContaining("Name '%s'".formatted(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "/a;b", "/a\n" })
	void pathThatNoCookieCanHaveIsRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PositionCookie("a", path, MAX_AGE, null))
			.withMessageContaining("Path '%s'".formatted(path));
	}

	private static long now() {
		return System.currentTimeMillis();
	}

	private void bring(long written, Position... positions) {
		this.request.setCookies(new Cookie("uno-position", this.codec.encode(List.of(positions), written)));
	}

	private List<Position> carried() throws RefusedCookieException {
		return this.codec.decode(Objects.requireNonNull(this.response.getCookie("uno-position")).getValue(), now());
	}

	private @Nullable Position seen() throws Exception {
		List<Position> seen = new ArrayList<>();
		run((request, answer) -> this.routing.position().ifPresent(seen::add));
		return seen.isEmpty() ? null : seen.get(0);
	}

	private PositionCarrier carrier() {
		Object carried = this.request.getAttribute(PositionCookieFilter.class.getName() + ".positions");
		return ((PositionCookieFilter.Carried) Objects.requireNonNull(carried)).positions();
	}

	private void run(FilterChain chain) throws Exception {
		this.filter.doFilter(this.request, this.response, chain);
	}

	private static final class Events implements PositionCookieListener {

		private final List<CookieRefusal> refused = new ArrayList<>();

		private int late;

		@Override
		public void refused(CookieRefusal refusal) {
			this.refused.add(refusal);
		}

		@Override
		public void late() {
			this.late++;
		}

	}

}
