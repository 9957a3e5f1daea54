package io.uno.session.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.error.CommitOutcomeUnknownException;
import io.uno.session.Retry;
import io.uno.session.SessionTemplate;
import io.uno.session.TransactionAttempts;
import io.uno.session.autoconfigure.CuttingRelay.When;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests transactions whose connection is lost, before the commit and during it.
 */
@Tag("postgres")
class LostConnectionTests {

	@Nested
	class OnBootsDataSource extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("spring.datasource.url=" + url, "spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password(), "spring.datasource.hikari.maximum-pool-size=2");
		}

	}

	@Nested
	class OnADatabase extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("uno.databases.atlas.url=" + url, "uno.databases.atlas.username=" + cluster.username(),
					"uno.databases.atlas.password=" + cluster.password(),
					"uno.databases.atlas.hikari.maximum-pool-size=2");
		}

	}

	@Nested
	class OnADatabaseWithAReplica extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("uno.databases.atlas.url=" + url, "uno.databases.atlas.username=" + cluster.username(),
					"uno.databases.atlas.password=" + cluster.password(),
					"uno.databases.atlas.hikari.maximum-pool-size=2",
					"uno.databases.atlas.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl());
		}

	}

	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class Contract {

		private final AtomicInteger attempts = new AtomicInteger();

		private final List<String> told = new ArrayList<>();

		private PostgresCluster cluster;

		private CuttingRelay relay;

		private ConfigurableApplicationContext application;

		private SessionTemplate sessions;

		private JdbcTemplate others;

		abstract Stream<String> properties(String url, PostgresCluster cluster);

		@BeforeAll
		void start() {
			this.cluster = PostgresCluster.shared(1);
			this.others = new JdbcTemplate(this.cluster.primary().dataSource());
			this.others.execute("create table note (id bigint primary key, text text)");
			this.relay = new CuttingRelay(this.cluster.primary().port());
			// so that the text of each commit is sent
			String url = "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(this.relay.port(),
					this.cluster.database());
			this.application = new SpringApplicationBuilder(SessionApplication.class).web(WebApplicationType.NONE)
				.properties("spring.flyway.enabled=false", "logging.level.root=error")
				.properties(properties(url, this.cluster).toArray(String[]::new))
				.run();
			this.sessions = this.application.getBean(SessionTemplate.class);
		}

		@AfterAll
		void stop() {
			this.application.close();
			this.relay.close();
			this.cluster.close();
		}

		@BeforeEach
		void deleteNotes() {
			this.others.update("delete from note");
			this.attempts.set(0);
			this.told.clear();
		}

		@AfterEach
		void everyConnectionIsBack() {
			assertThat(this.relay.hasCut()).isTrue();
			this.application.getBeansOfType(HikariDataSource.class)
				.values()
				.stream()
				.filter(HikariDataSource::isRunning)
				.forEach((pool) -> assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero());
		}

		@ParameterizedTest
		@EnumSource
		void outcomeOfACommitWithoutAnswerIsUnknown(When when) {
			this.relay.cut(when, "commit");
			assertThatExceptionOfType(CommitOutcomeUnknownException.class)
				.isThrownBy(() -> this.sessions.named("settle").retry(3).writeWithoutResult((session) -> {
					this.attempts.incrementAndGet();
					session.persist(new Note(1, "perhaps"));
				}))
				.withMessageStartingWith(
						"Transaction 'settle' was told to commit, but the connection was lost before the server answered (SQLSTATE 080")
				.satisfies((ex) -> assertThat(ex.getSqlState()).startsWith("08"));
			assertThat(this.attempts).hasValue(1);
			assertThat(count()).isEqualTo((when == When.AFTER_THE_ANSWER) ? 1 : 0);
		}

		@ParameterizedTest
		@EnumSource
		void idempotentWorkIsRunAgainAndLeavesOneRow(When when) {
			this.relay.cut(when, "commit");
			int result = this.sessions.retry(Retry.attempts(3).idempotent()).write((session) -> {
				session
					.createNativeMutationQuery(
							"insert into note (id, text) values (1, 'once') on conflict (id) do nothing")
					.executeUpdate();
				return this.attempts.incrementAndGet();
			});
			assertThat(result).isEqualTo(2);
			assertThat(count()).isOne();
		}

		@ParameterizedTest
		@EnumSource
		void plainSqlAndStatelessSessionsAreToldTheSame(When when) {
			this.relay.cut(when, "commit");
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> this.sessions.jdbc()
				.writeWithoutResult((jdbc) -> jdbc.sql("insert into note (id, text) values (1, 'perhaps')").update()));
			this.relay.cut(when, "commit");
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> this.sessions.stateless()
				.writeWithoutResult((session) -> session.insert(new Note(2, "perhaps"))));
			assertThat(count()).isEqualTo((when == When.AFTER_THE_ANSWER) ? 2 : 0);
		}

		@ParameterizedTest
		@EnumSource
		void noHookRunsAfterACommitWithoutAnswer(When when) {
			SessionTemplate hooked = this.sessions.afterCommit(() -> this.told.add("committed"))
				.afterRollback(() -> this.told.add("rolled back"));
			this.relay.cut(when, "commit");
			assertThatExceptionOfType(CommitOutcomeUnknownException.class)
				.isThrownBy(() -> hooked.writeWithoutResult((session) -> session.persist(new Note(1, "perhaps"))));
			this.relay.cut(when, "commit");
			TransactionTemplate surrounding = new TransactionTemplate(
					this.application.getBean(PlatformTransactionManager.class));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> surrounding.executeWithoutResult(
					(status) -> hooked.writeWithoutResult((session) -> session.persist(new Note(2, "perhaps")))));
			assertThat(this.told).isEmpty();
		}

		@ParameterizedTest
		@EnumSource
		void connectionThatIsLostBeforeTheCommitIsAReasonToTryAgain(When when) {
			this.relay.cut(when, "insert into note");
			this.sessions.retry(2).writeWithoutResult((session) -> {
				this.attempts.incrementAndGet();
				// is sent by the flush of the commit
				session.persist(new Note(1, "kept"));
			});
			assertThat(this.attempts).hasValue(2);
			assertThat(count()).isOne();
		}

		@Test
		void withoutRetryTheFailureIsThrownAsItIs() {
			this.relay.cut(When.BEFORE_IT_IS_SEEN, "insert into note");
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> this.sessions.writeWithoutResult((session) -> session.persist(new Note(1, "lost"))))
				.isNotInstanceOf(CommitOutcomeUnknownException.class)
				.satisfies((ex) -> assertThat(TransactionAttempts.of(ex)).isEmpty());
			assertThat(count()).isZero();
		}

		@Test
		void transactionWhoseConnectionTheServerEndsIsTriedAgain() {
			this.sessions.retry(2).writeWithoutResult((session) -> {
				int pid = session.createNativeQuery("select pg_backend_pid()", Integer.class).getSingleResult();
				if (this.attempts.incrementAndGet() == 1) {
					this.others.queryForObject("select pg_terminate_backend(?, 5000)", Boolean.class, pid);
				}
				session.persist(new Note(1, "kept"));
			});
			assertThat(this.attempts).hasValue(2);
			assertThat(count()).isOne();
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> this.sessions.retry(2).writeWithoutResult((session) -> {
					int pid = session.createNativeQuery("select pg_backend_pid()", Integer.class).getSingleResult();
					this.others.queryForObject("select pg_terminate_backend(?, 5000)", Boolean.class, pid);
					session.createNativeQuery("select 1", Integer.class).getSingleResult();
				}))
				.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow().getSqlStates()).hasSize(2)
					.allMatch((state) -> state.equals("57P01") || state.startsWith("08")));
		}

		@Test
		void failureOfTheWorkIsThrownAlthoughTheRollbackFailsToo() {
			Supplier<SessionTemplate> retried = () -> this.sessions.retry(3);
			assertThatIllegalStateException().isThrownBy(() -> retried.get().writeWithoutResult((session) -> {
				this.attempts.incrementAndGet();
				session.persist(new Note(1, "lost"));
				session.flush();
				this.relay.cut(When.BEFORE_IT_IS_SEEN, "rollback");
				throw new IllegalStateException("of the caller");
			})).withMessage("of the caller");
			assertThat(this.attempts).hasValue(1);
			assertThat(count()).isZero();
		}

		private int count() {
			Integer count = this.others.queryForObject("select count(*) from note", Integer.class);
			return (count != null) ? count : -1;
		}

	}

}
