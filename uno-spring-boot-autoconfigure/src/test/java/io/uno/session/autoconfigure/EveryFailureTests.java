package io.uno.session.autoconfigure;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.session.SessionTemplate;
import io.uno.session.autoconfigure.CuttingRelay.When;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that every kind of failure gives the connection back as it was, on a pool of one.
 */
@Tag("postgres")
@TestInstance(Lifecycle.PER_CLASS)
class EveryFailureTests {

	/**
	 * A tenth of what the profile {@code soak} does.
	 */
	private static final int TIMES = 100 * Integer.getInteger("soak.factor", 1);

	private PostgresCluster cluster;

	private CuttingRelay relay;

	private ConfigurableApplicationContext application;

	private SessionTemplate sessions;

	private HikariDataSource pool;

	private JdbcTemplate jdbc;

	private JdbcTemplate others;

	@BeforeAll
	void start() {
		this.cluster = PostgresCluster.builder().roles("reader").startShared(0);
		this.others = new JdbcTemplate(this.cluster.primary().superuserDataSource());
		this.relay = new CuttingRelay(this.cluster.primary().port());
		this.application = new SpringApplicationBuilder(SessionApplication.class).web(WebApplicationType.NONE)
			.properties("spring.flyway.enabled=false", "logging.level.root=off")
			.run("--uno.databases.atlas.url=jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0"
				.formatted(this.relay.port(), this.cluster.database()),
					"--uno.databases.atlas.username=" + this.cluster.username(),
					"--uno.databases.atlas.password=" + this.cluster.password(), "--uno.databases.atlas.roles=reader",
					"--uno.databases.atlas.hikari.maximum-pool-size=1");
		this.sessions = this.application.getBean(SessionTemplate.class);
		this.pool = this.application.getBean("atlas.main", HikariDataSource.class);
		this.jdbc = this.application.getBean(JdbcTemplate.class);
		this.jdbc.execute("create table note (id bigint primary key, text text)");
		this.jdbc.execute("grant select, insert, update, delete on note to reader");
		this.jdbc.update("insert into note (id) values (1)");
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.relay.close();
		this.cluster.close();
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsBackAsItWas(Failure failure) {
		String before = state();
		assertThat(before).isEqualTo(this.cluster.username() + "//read committed");
		AtomicInteger attempts = new AtomicInteger();
		for (int i = 0; i < TIMES; i++) {
			SessionTemplate template = this.sessions.asRole("reader")
				.asTenant(i)
				.isolation(Isolation.REPEATABLE_READ)
				.retry(failure.triedAgain ? 2 : 1);
			Throwable thrown = catchThrowable(() -> template.<Exception>writeWithoutResult((session) -> {
				attempts.incrementAndGet();
				session.persist(new Note(2, "never kept"));
				session.flush();
				failure.work.run(this, session);
			}));
			assertThat(thrown).as("failure %d", i).isNotNull();
			assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
			assertThat(state()).isEqualTo(before);
			this.others.update("delete from note where id > 1");
		}
		assertThat(attempts).hasValue(failure.triedAgain ? 2 * TIMES : TIMES);
	}

	private String state() {
		return String.valueOf(this.jdbc.queryForObject("""
				select current_user || '/' || coalesce(current_setting('uno.tenant', true), '') || '/'
					|| current_setting('transaction_isolation')
				""", String.class));
	}

	private static void raise(Session session, String state) {
		session.createNativeMutationQuery("do $$ begin raise exception using errcode = '%s'; end $$".formatted(state))
			.executeUpdate();
	}

	/**
	 * What goes wrong.
	 */
	enum Failure {

		EXCEPTION(false, (tests, session) -> {
			throw new IllegalStateException("of the caller");
		}),

		CHECKED_EXCEPTION(false, (tests, session) -> {
			throw new IOException("of the caller");
		}),

		ERROR(false, (tests, session) -> {
			throw new AssertionError("of the caller");
		}),

		CONSTRAINT(false, (tests, session) -> session.persist(new Note(1, "twice"))),

		SERIALIZATION(true, (tests, session) -> raise(session, "40001")),

		DEADLOCK(true, (tests, session) -> raise(session, "40P01")),

		LOCK_TIMEOUT(false, (tests, session) -> raise(session, "55P03")),

		STATEMENT_TIMEOUT(false, (tests, session) -> {
			session.createNativeQuery("select set_config('statement_timeout', '1', true)", String.class)
				.getSingleResult();
			session.createNativeQuery("select pg_sleep(10)::text", String.class).getSingleResult();
		}),

		NESTED(false,
				(tests, session) -> tests.sessions.propagation(Propagation.NESTED)
					.writeWithoutResult((inner) -> inner.persist(new Note(1, "twice")))),

		STATELESS(false,
				(tests, session) -> tests.sessions.stateless()
					.writeWithoutResult((stateless) -> stateless.insert(new Note(1, "twice")))),

		CONNECTION_ENDED(true, (tests, session) -> {
			int pid = session.createNativeQuery("select pg_backend_pid()", Integer.class).getSingleResult();
			tests.others.queryForObject("select pg_terminate_backend(?)", Boolean.class, pid);
			session.createNativeQuery("select pg_sleep(10)::text", String.class).getSingleResult();
		}),

		CUT_BEFORE_A_STATEMENT_IS_SEEN(true, (tests, session) -> {
			tests.relay.cut(When.BEFORE_IT_IS_SEEN, "select 'cut'");
			session.createNativeQuery("select 'cut'", String.class).getSingleResult();
		}),

		CUT_AFTER_A_STATEMENT(true, (tests, session) -> {
			tests.relay.cut(When.AFTER_THE_ANSWER, "select 'cut'");
			session.createNativeQuery("select 'cut'", String.class).getSingleResult();
		}),

		CUT_BEFORE_THE_COMMIT_IS_SEEN(false, (tests, session) -> tests.relay.cut(When.BEFORE_IT_IS_SEEN, "commit")),

		CUT_AFTER_THE_COMMIT(false, (tests, session) -> tests.relay.cut(When.AFTER_THE_ANSWER, "commit")),

		CUT_AT_THE_ROLLBACK(false, (tests, session) -> {
			tests.relay.cut(When.BEFORE_IT_IS_SEEN, "rollback");
			throw new IllegalStateException("of the caller");
		});

		private final boolean triedAgain;

		private final Work work;

		Failure(boolean triedAgain, Work work) {
			this.triedAgain = triedAgain;
			this.work = work;
		}

	}

	/**
	 * Fails.
	 */
	@FunctionalInterface
	private interface Work {

		void run(EveryFailureTests tests, Session session) throws Exception;

	}

}
