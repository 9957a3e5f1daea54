package io.uno.web.autoconfigure;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.embedded.PostgresReplica;
import io.uno.web.PositionCookieFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A caller writes at one instance of a web application and reads at another one.
 */
@Tag("postgres")
class OwnWritesAcrossInstancesTests {

	/**
	 * A tenth of what the profile {@code soak} does.
	 */
	private static final int LOOPS = 1000 * Integer.getInteger("soak.factor", 1);

	private static final double LEAST_BY_REPLICAS = 0.9;

	private static PostgresCluster cluster;

	private static Instance one;

	private static Instance other;

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.builder().replicas("east", "west").startShared(0);
		new JdbcTemplate(cluster.primary().dataSource())
			.execute("create table counter (id int primary key, value int)");
		new JdbcTemplate(cluster.primary().dataSource()).execute("insert into counter values (1, 0)");
		cluster.replicas().forEach(PostgresReplica::awaitReplay);
		one = new Instance();
		other = new Instance();
	}

	@AfterAll
	static void close() {
		one.context.close();
		other.context.close();
		cluster.close();
	}

	@AfterEach
	void resume() {
		cluster.replicas().forEach(PostgresReplica::resumeReplay);
	}

	@Test
	void writesAreSeenByTheOtherInstanceMostlyOnReplicasWhileOneIsPaused() throws Exception {
		awaitReplicasKnownToHaveCaughtUp();
		cluster.replica("east").pauseReplay();
		Reads reads = writeAndRead(LOOPS, new Browser(true));
		assertThat(reads.stale()).isZero();
		assertThat((double) reads.byReplicas() / LOOPS).isGreaterThanOrEqualTo(LEAST_BY_REPLICAS);
	}

	@Test
	void readsComeFromThePrimaryWhileBothArePaused() throws Exception {
		cluster.replica("east").pauseReplay();
		cluster.replica("west").pauseReplay();
		assertThat(writeAndRead(LOOPS / 10, new Browser(true))).isEqualTo(new Reads(0, 0));
	}

	@Test
	void readsAreStaleWithoutTheCookieWhileOneIsPaused() throws Exception {
		cluster.replica("east").pauseReplay();
		assertThat(writeAndRead(10, new Browser(false)).stale()).isPositive();
	}

	@Test
	void everyReadIsStaleWithoutTheCookieWhileBothArePaused() throws Exception {
		cluster.replica("east").pauseReplay();
		cluster.replica("west").pauseReplay();
		assertThat(writeAndRead(10, new Browser(false))).isEqualTo(new Reads(10, 10));
	}

	/**
	 * Other tests pause both replicas, which an instance holds against them until its
	 * next probe. A cookie is taken back once an instance knows that all have caught up.
	 */
	private static void awaitReplicasKnownToHaveCaughtUp() throws ServletException, IOException {
		Cookie cookie = one.write(null).cookie();
		for (Instance instance : List.of(one, other)) {
			await().untilAsserted(() -> assertThat(instance.read(cookie).setCookie()).contains("Max-Age=0"));
		}
	}

	/**
	 * Writes at one instance and reads at the other one, which change places each time.
	 */
	private static Reads writeAndRead(int loops, Browser browser) throws ServletException, IOException {
		int stale = 0;
		int byReplicas = 0;
		for (int i = 0; i < loops; i++) {
			boolean even = i % 2 == 0;
			Exchange write = browser.keep((even ? one : other).write(browser.cookie));
			Exchange read = browser.keep((even ? other : one).read(browser.cookie));
			stale += (read.value() != write.value()) ? 1 : 0;
			byReplicas += read.byReplica() ? 1 : 0;
		}
		return new Reads(stale, byReplicas);
	}

	@Test
	void cookieHoldsNothingButPositionsAndIsForTheServerOnly() throws Exception {
		String header = Objects.requireNonNull(one.write(null).setCookie());
		assertThat(header).startsWith("uno-position=")
			.contains("; Path=/; Max-Age=300; ")
			.endsWith("; HttpOnly; SameSite=Lax");
	}

	@Test
	void cookieIsTakenBackWhenEveryReplicaHasWhatWasWritten() throws Exception {
		Exchange write = one.write(null);
		cluster.replicas().forEach(PostgresReplica::awaitReplay);
		await().untilAsserted(() -> {
			Exchange read = one.read(write.cookie());
			assertThat(read.setCookie()).startsWith("uno-position=; Path=/; Max-Age=0");
		});
	}

	@Test
	void forgedCookieIsNotTakenAndCounted() throws Exception {
		assertThat(one.read(new Cookie("uno-position", "forged")).value()).isNotNegative();
		assertThat(one.context.getBean(MeterRegistry.class)
			.get("uno.position.cookies.refused")
			.tag("reason", "garbage")
			.functionCounter()
			.count()).isOne();
	}

	@Test
	void secondWriteReplacesTheCookieOfTheFirst() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		response.addHeader("Set-Cookie", "theirs=1");
		one.filter.doFilter(new MockHttpServletRequest(), response, (request, answer) -> {
			one.increment();
			one.increment();
		});
		assertThat(response.getHeaders("Set-Cookie")).hasSize(2).anyMatch((header) -> header.startsWith("theirs=1"));
	}

	@Test
	void writeAfterTheResponseIsKeptForTheUser() throws Exception {
		cluster.replica("east").pauseReplay();
		cluster.replica("west").pauseReplay();
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteUser("joe");
		MockHttpServletResponse response = new MockHttpServletResponse();
		int[] value = new int[1];
		one.filter.doFilter(request, response, (servletRequest, servletResponse) -> {
			servletResponse.flushBuffer();
			value[0] = one.increment();
		});
		assertThat(response.getHeader("Set-Cookie")).isNull();
		MockHttpServletRequest next = new MockHttpServletRequest();
		next.setRemoteUser("joe");
		int[] seen = new int[1];
		one.filter.doFilter(next, new MockHttpServletResponse(),
				(servletRequest, servletResponse) -> seen[0] = one.current());
		assertThat(seen[0]).isEqualTo(value[0]);
		assertThat(one.context.getBean(MeterRegistry.class).get("uno.position.cookies.late").functionCounter().count())
			.isOne();
	}

	/**
	 * What a request led to.
	 *
	 * @param value what it has written or read
	 * @param byReplica whether a replica answered
	 * @param setCookie the header of the response, {@code null} for none
	 */
	private record Exchange(int value, boolean byReplica, @Nullable String setCookie) {

		@Nullable Cookie cookie() {
			return (this.setCookie != null)
					? new Cookie("uno-position", this.setCookie.split(";")[0].substring("uno-position=".length()))
					: null;
		}

	}

	/**
	 * What has become of reads after writes.
	 *
	 * @param stale how many have not seen the write
	 * @param byReplicas how many a replica has answered
	 */
	private record Reads(int stale, int byReplicas) {
	}

	/**
	 * Keeps the cookie as browsers do, or none at all.
	 */
	private static final class Browser {

		private final boolean keepsCookies;

		private @Nullable Cookie cookie;

		private Browser(boolean keepsCookies) {
			this.keepsCookies = keepsCookies;
		}

		Exchange keep(Exchange exchange) {
			String header = exchange.setCookie();
			if (this.keepsCookies && header != null) {
				this.cookie = header.contains("Max-Age=0") ? null : exchange.cookie();
			}
			return exchange;
		}

	}

	private static final class Instance {

		private final ConfigurableApplicationContext context;

		private final PositionCookieFilter filter;

		private Instance() {
			Map<String, Object> properties = new LinkedHashMap<>();
			node(properties, "uno.databases.atlas", cluster.primary());
			node(properties, "uno.databases.atlas.replicas.east", cluster.replica("east"));
			node(properties, "uno.databases.atlas.replicas.west", cluster.replica("west"));
			properties.put("spring.config.import", "classpath:docs/web.yml");
			properties.put("POSITION_SECRET", "a secret that all instances share");
			properties.put("server.port", "0");
			properties.put("spring.flyway.enabled", "false");
			properties.put("spring.main.banner-mode", "off");
			this.context = new SpringApplicationBuilder(Application.class).properties(properties).run();
			this.filter = this.context.getBean(PositionCookieFilter.class);
		}

		private static void node(Map<String, Object> properties, String prefix, PostgresNode node) {
			properties.put(prefix + ".url", node.jdbcUrl());
			properties.put(prefix + ".username", node.username());
			properties.put(prefix + ".password", node.password());
		}

		Exchange write(@Nullable Cookie cookie) throws ServletException, IOException {
			return exchange(cookie, false, (jdbc) -> Objects.requireNonNull(jdbc
				.queryForObject("update counter set value = value + 1 where id = 1 returning value", Integer.class)));
		}

		Exchange read(@Nullable Cookie cookie) throws ServletException, IOException {
			return exchange(cookie, true, (jdbc) -> Objects
				.requireNonNull(jdbc.queryForObject("select value from counter where id = 1", Integer.class)));
		}

		int increment() {
			return Objects.requireNonNull(transaction(false).execute((status) -> this.context
				.getBean(JdbcTemplate.class)
				.queryForObject("update counter set value = value + 1 where id = 1 returning value", Integer.class)));
		}

		int current() {
			return Objects.requireNonNull(transaction(true).execute((status) -> this.context.getBean(JdbcTemplate.class)
				.queryForObject("select value from counter where id = 1", Integer.class)));
		}

		private TransactionTemplate transaction(boolean readOnly) {
			TransactionTemplate transaction = new TransactionTemplate(
					this.context.getBean(PlatformTransactionManager.class));
			transaction.setReadOnly(readOnly);
			return transaction;
		}

		private Exchange exchange(@Nullable Cookie cookie, boolean readOnly, Function<JdbcTemplate, Integer> work)
				throws ServletException, IOException {
			MockHttpServletRequest request = new MockHttpServletRequest();
			if (cookie != null) {
				request.setCookies(cookie);
			}
			MockHttpServletResponse response = new MockHttpServletResponse();
			JdbcTemplate jdbc = this.context.getBean(JdbcTemplate.class);
			TransactionTemplate transaction = transaction(readOnly);
			int[] value = new int[1];
			boolean[] replica = new boolean[1];
			this.filter.doFilter(request, response,
					(servletRequest, servletResponse) -> transaction.executeWithoutResult((status) -> {
						value[0] = work.apply(jdbc);
						replica[0] = Boolean.TRUE
							.equals(jdbc.queryForObject("select pg_is_in_recovery()", Boolean.class));
					}));
			return new Exchange(value[0], replica[0], response.getHeader("Set-Cookie"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
