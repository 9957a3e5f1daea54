package io.uno.session.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.uno.embedded.PostgresCluster;
import io.uno.session.AsyncSessionTemplate;
import io.uno.session.SessionTemplate;
import org.awaitility.Awaitility;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how much asynchronous work there is at a time, what follows to its threads, and
 * what ends it, on pools of two connections.
 */
@Tag("postgres")
class AsyncSessionsTests {

	/**
	 * A tenth of what the profile {@code soak} does.
	 */
	private static final int READS = 1000 * Integer.getInteger("soak.factor", 1);

	@Nested
	class OnBootsDataSource extends Contract {

		@Override
		Stream<String> properties(PostgresCluster cluster) {
			return Stream.of("spring.datasource.url=" + cluster.primary().jdbcUrl(),
					"spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password(), "spring.datasource.hikari.maximum-pool-size=2");
		}

	}

	@Nested
	class OnADatabase extends Contract {

		@Override
		Stream<String> properties(PostgresCluster cluster) {
			return Stream
				.of("url=" + cluster.primary().jdbcUrl(), "username=" + cluster.username(),
						"password=" + cluster.password(), "hikari.maximum-pool-size=2")
				.map("uno.databases.atlas."::concat);
		}

		@Test
		void statementOfJdbcIsCancelledToo() {
			CompletableFuture<?> work = this.async.read((session) -> new JdbcTemplate(dataSource())
				.queryForObject("select pg_sleep(60)::text", String.class));
			awaitSleeping(1);
			work.cancel(true);
			awaitSleeping(0);
		}

		private DataSource dataSource() {
			return this.application.getBean("dataSource", DataSource.class);
		}

		@Test
		void workThatSendsMoreAfterItWasCancelledIsRefused() {
			CountDownLatch begun = new CountDownLatch(1);
			CountDownLatch cancelled = new CountDownLatch(1);
			AtomicBoolean refused = new AtomicBoolean();
			CompletableFuture<?> work = this.async.writeWithoutResult((session) -> {
				begun.countDown();
				cancelled.await();
				while (!isRefused(session)) {
					Thread.onSpinWait();
				}
				refused.set(true);
			});
			awaitLatch(begun);
			work.cancel(true);
			cancelled.countDown();
			Awaitility.await().untilTrue(refused);
		}

		private static boolean isRefused(Session session) {
			try {
				session.createNativeQuery("select 1", Integer.class).getSingleResult();
				return false;
			}
			catch (RuntimeException ex) {
				assertThat(ex).hasStackTraceContaining("The task has been cancelled and sends nothing more");
				return true;
			}
		}

		@Test
		void userWhomSpringSecurityHasAuthenticatedIsToldToTheServer() {
			authenticate("ann");
			String user = this.async
				.<String>read(
						(session) -> session.createNativeQuery("select current_setting('uno.user', true)", String.class)
							.getSingleResult())
				.join();
			assertThat(user).isEqualTo("ann");
		}

	}

	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class Contract {

		private PostgresCluster cluster;

		ConfigurableApplicationContext application;

		AsyncSessionTemplate async;

		private JdbcTemplate others;

		abstract Stream<String> properties(PostgresCluster cluster);

		@BeforeAll
		void start() {
			this.cluster = PostgresCluster.shared(0);
			this.others = new JdbcTemplate(this.cluster.primary().superuserDataSource());
			this.application = application("uno.async.queue-capacity=16384");
			this.async = this.application.getBean(SessionTemplate.class).async();
			this.others.execute("create table note (id bigint primary key, text text)");
			this.others.execute("grant all on note to public");
		}

		private ConfigurableApplicationContext application(String... further) {
			return new SpringApplicationBuilder(SessionApplication.class).web(WebApplicationType.NONE)
				.properties("spring.flyway.enabled=false", "logging.level.root=off")
				.run(Stream.concat(properties(this.cluster), Stream.of(further))
					.map("--"::concat)
					.toArray(String[]::new));
		}

		@AfterAll
		void stop() {
			this.application.close();
			this.cluster.close();
		}

		@AfterEach
		void nothingIsLeft() {
			SecurityContextHolder.clearContext();
			HikariDataSource pool = this.application.getBeanProvider(HikariDataSource.class, false)
				.stream()
				.findFirst()
				.orElseGet(() -> this.application.getBean("atlas.main", HikariDataSource.class));
			Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
			assertThat(this.others.queryForObject("select count(*) from note", Integer.class)).isZero();
		}

		@Test
		void cancellingCancelsTheStatementInTheDatabase() {
			CompletableFuture<?> work = sleep();
			awaitSleeping(1);
			assertThat(work.cancel(true)).isTrue();
			awaitSleeping(0);
			assertThatExceptionOfType(CancellationException.class).isThrownBy(work::join);
		}

		@Test
		void timeoutCancelsTheStatementInTheDatabase() {
			CompletableFuture<?> work = sleep();
			awaitSleeping(1);
			work.orTimeout(1, TimeUnit.MILLISECONDS);
			awaitSleeping(0);
			assertThat(work).isCompletedExceptionally();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(work::get)
				.withCauseInstanceOf(TimeoutException.class);
		}

		private CompletableFuture<?> sleep() {
			return this.async.writeWithoutResult((session) -> {
				session.persist(new Note(1, "never kept"));
				session.flush();
				session.createNativeQuery("select pg_sleep(60)::text", String.class).getSingleResult();
			});
		}

		void awaitSleeping(int count) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> this.others.queryForObject(
						"select count(*) from pg_stat_activity where state = 'active' and query like 'select pg_sleep%'",
						Integer.class) == count);
		}

		@Test
		void workThatIsCancelledWhileItWaitsNeverBegins() {
			CountDownLatch end = new CountDownLatch(1);
			List<CompletableFuture<Void>> busy = List.of(waitFor(end), waitFor(end));
			AtomicBoolean begun = new AtomicBoolean();
			CompletableFuture<?> work = this.async.readWithoutResult((session) -> begun.set(true));
			work.cancel(true);
			end.countDown();
			busy.forEach(CompletableFuture::join);
			this.async.readWithoutResult((session) -> session.isOpen()).join();
			assertThat(begun).isFalse();
		}

		private CompletableFuture<Void> waitFor(CountDownLatch end) {
			return this.async.readWithoutResult((session) -> end.await());
		}

		@Test
		void asManyAreAtWorkAsThePoolHasConnectionsAndTheRestWaits() {
			AtomicInteger working = new AtomicInteger();
			AtomicInteger most = new AtomicInteger();
			List<CompletableFuture<Integer>> reads = new ArrayList<>();
			for (int i = 0; i < READS; i++) {
				reads.add(this.async.read((session) -> {
					most.accumulateAndGet(working.incrementAndGet(), Math::max);
					int one = session.createNativeQuery("select 1", Integer.class).getSingleResult();
					working.decrementAndGet();
					return one;
				}));
			}
			assertThat(reads.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(READS);
			assertThat(most.get()).isBetween(1, 2);
		}

		@Test
		void whatHasNoRoomToWaitIsRejected() {
			try (ConfigurableApplicationContext small = application("uno.async.queue-capacity=1")) {
				AsyncSessionTemplate sessions = small.getBean(SessionTemplate.class).async();
				CountDownLatch end = new CountDownLatch(1);
				List<CompletableFuture<Void>> accepted = Stream
					.generate(() -> sessions.readWithoutResult((session) -> end.await()))
					.limit(3)
					.toList();
				assertThatExceptionOfType(RejectedExecutionException.class)
					.isThrownBy(() -> sessions.readWithoutResult((session) -> end.await()))
					.withMessageEndingWith(
							"is rejected: 2 are at work, as many as the pool has connections, and 1 wait; have callers wait "
									+ "for results, or raise 'uno.async.queue-capacity'");
				Thread closing = new Thread(small::close);
				closing.start();
				Awaitility.await().until(() -> isRejected(sessions));
				assertThat(accepted).noneMatch(CompletableFuture::isDone);
				end.countDown();
				accepted.forEach(CompletableFuture::join);
			}
		}

		private static boolean isRejected(AsyncSessionTemplate sessions) {
			try {
				sessions.read((session) -> 1);
				return false;
			}
			catch (RejectedExecutionException ex) {
				return ex.getMessage().contains("the application is stopping");
			}
		}

		@Test
		void authenticationAndObservationFollow() {
			authenticate("ann");
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler((context) -> true);
			Observation observation = Observation.start("booking", registry);
			observation.observe(() -> {
				String followed = this.async.<String>read((session) -> {
					Observation current = registry.getCurrentObservation();
					return SecurityContextHolder.getContext().getAuthentication().getName() + " "
							+ (current == observation);
				}).join();
				assertThat(followed).isEqualTo("ann true");
			});
			SecurityContextHolder.clearContext();
			assertThat(this.async
				.<Boolean>read((session) -> SecurityContextHolder.getContext().getAuthentication() == null)
				.join()).isTrue();
		}

		static void authenticate(String user) {
			SecurityContextHolder.getContext()
				.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, "secret",
						AuthorityUtils.createAuthorityList("USER")));
		}

		static void awaitLatch(CountDownLatch latch) {
			Awaitility.await().until(() -> latch.getCount() == 0);
		}

	}

}
