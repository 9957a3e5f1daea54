package io.uno.session.autoconfigure;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.uno.embedded.PostgresCluster;
import io.uno.error.CommitOutcomeUnknownException;
import io.uno.session.RetryTransaction;
import io.uno.session.SessionTemplate;
import io.uno.session.TransactionAttempts;
import io.uno.session.autoconfigure.CuttingRelay.When;
import jakarta.persistence.EntityManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests methods whose transactions are tried again, on real connections that can be lost.
 */
@Tag("postgres")
class RetryTransactionTests {

	@Nested
	class OnBootsDataSource extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("spring.datasource.url=" + url, "spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password(), "spring.datasource.hikari.maximum-pool-size=2",
					"spring.datasource.hikari.connection-timeout=250");
		}

	}

	@Nested
	class OnADatabase extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("uno.databases.atlas.url=" + url, "uno.databases.atlas.username=" + cluster.username(),
					"uno.databases.atlas.password=" + cluster.password(),
					"uno.databases.atlas.hikari.maximum-pool-size=2",
					"uno.databases.atlas.hikari.connection-timeout=250");
		}

	}

	@Nested
	class OnADatabaseWithAReplica extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("uno.databases.atlas.url=" + url, "uno.databases.atlas.username=" + cluster.username(),
					"uno.databases.atlas.password=" + cluster.password(),
					"uno.databases.atlas.hikari.maximum-pool-size=2",
					"uno.databases.atlas.hikari.connection-timeout=250",
					"uno.databases.atlas.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl());
		}

	}

	@Nested
	class WithoutJpa extends Contract {

		@Override
		Stream<String> properties(String url, PostgresCluster cluster) {
			return Stream.of("spring.datasource.url=" + url, "spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password(), "spring.datasource.hikari.maximum-pool-size=2",
					"spring.datasource.hikari.connection-timeout=250",
					"spring.autoconfigure.exclude=com.github.gavlyukovskiy.boot.jdbc.decorator.DataSourceDecoratorAutoConfiguration,"
							+ "net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration,"
							+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
							+ "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration");
		}

	}

	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class Contract {

		private final AtomicInteger attempts = new AtomicInteger();

		private PostgresCluster cluster;

		private CuttingRelay relay;

		private ConfigurableApplicationContext application;

		private Ledger ledger;

		private JdbcTemplate jdbc;

		private JdbcTemplate others;

		abstract Stream<String> properties(String url, PostgresCluster cluster);

		@BeforeAll
		void start() {
			this.cluster = PostgresCluster.shared(1);
			this.others = new JdbcTemplate(this.cluster.primary().dataSource());
			this.others.execute("create table note (id bigint primary key, text text)");
			this.relay = new CuttingRelay(this.cluster.primary().port());
			String url = "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(this.relay.port(),
					this.cluster.database());
			this.application = new SpringApplicationBuilder(SessionApplication.class, Beans.class)
				.web(WebApplicationType.NONE)
				.properties("spring.flyway.enabled=false", "logging.level.root=error")
				.run(properties(url, this.cluster).map((property) -> "--" + property).toArray(String[]::new));
			this.ledger = this.application.getBean(Ledger.class);
			this.jdbc = this.application.getBean(JdbcTemplate.class);
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

		@Test
		void conflictIsTriedAgainInAnotherTransaction() throws Exception {
			double before = retries("40001");
			Object result = this.ledger.retried(() -> {
				insert(1);
				if (this.attempts.incrementAndGet() < 3) {
					raise("40001");
				}
				return "done";
			});
			assertThat(result).isEqualTo("done");
			assertThat(this.attempts).hasValue(3);
			assertThat(count()).isOne();
			assertThat(retries("40001") - before).isEqualTo(2);
		}

		@Test
		void lastFailureTellsOfTheAttempts() {
			double before = exhausted();
			assertThatExceptionOfType(PessimisticLockingFailureException.class)
				.isThrownBy(() -> this.ledger.retried(() -> {
					this.attempts.incrementAndGet();
					raise("40P01");
					return null;
				}))
				.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow()).hasMessage(
						"Transaction '%s.retried' has failed in 3 attempts with SQLSTATE 40P01, 40P01, 40P01; these are all that were allowed"
							.formatted(Ledger.class.getName())));
			assertThat(this.attempts).hasValue(3);
			assertThat(exhausted() - before).isOne();
		}

		@Test
		void callersOwnErrorIsTriedOnce() {
			this.others.update("insert into note (id) values (1)");
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> this.ledger.retried(() -> {
					this.attempts.incrementAndGet();
					insert(1);
					return null;
				}));
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				throw new IOException("checked");
			})).withMessage("checked");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				throw new AssertionError("error");
			}));
			assertThat(this.attempts).hasValue(3);
		}

		@Test
		void checkedExceptionThatSpringCommitsAtIsNoReasonToRunAgain() {
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				insert(this.attempts.get());
				throw new Exception(new SQLException("conflict elsewhere", "40001"));
			}));
			assertThat(this.attempts).hasValue(1);
			assertThat(count()).isOne();
		}

		@Test
		void methodInsideATransactionIsRunOnce() {
			assertThatExceptionOfType(PessimisticLockingFailureException.class)
				.isThrownBy(() -> this.ledger.surrounding(() -> this.ledger.retried(() -> {
					this.attempts.incrementAndGet();
					raise("40001");
					return null;
				}))); // T24
			assertThat(this.attempts).hasValue(1);
		}

		@Test
		void lockTimeoutIsTriedAgainWhenAskedFor() throws Exception {
			Callable<@Nullable Object> failingOnce = () -> {
				if (this.attempts.incrementAndGet() == 1) {
					raise("55P03");
				}
				return null;
			};
			this.ledger.waiting(failingOnce);
			assertThat(this.attempts).hasValue(2);
			this.attempts.set(0);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.ledger.retried(failingOnce));
			assertThat(this.attempts).hasValue(1);
		}

		@ParameterizedTest
		@EnumSource
		void commitWithoutAnswerIsNotRunAgain(When when) {
			this.relay.cut(when, "commit");
			assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				insert(1);
				return null;
			}));
			assertThat(this.attempts).hasValue(1);
			assertThat(count()).isEqualTo((when == When.AFTER_THE_ANSWER) ? 1 : 0);
		}

		@ParameterizedTest
		@EnumSource
		void idempotentMethodIsRunAgainAndLeavesOneRow(When when) throws Exception {
			this.relay.cut(when, "commit");
			this.ledger.idempotent(() -> {
				this.attempts.incrementAndGet();
				this.jdbc.update("insert into note (id) values (1) on conflict (id) do nothing");
				return null;
			});
			assertThat(this.attempts).hasValue(2);
			assertThat(count()).isOne();
		}

		@ParameterizedTest
		@EnumSource
		void innerCommitWithoutAnswerIsNotRunAgainEither(When when) {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				return this.ledger.apart(() -> {
					insert(1);
					this.relay.cut(when, "commit");
					return null;
				});
			}));
			assertThat(this.attempts).hasValue(1);
		}

		@ParameterizedTest
		@EnumSource
		void connectionThatIsLostBeforeTheCommitIsAReasonToTryAgain(When when) throws Exception {
			this.relay.cut(when, "insert into note");
			this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				insert(1);
				return null;
			});
			assertThat(this.attempts).hasValue(2);
			assertThat(count()).isOne();
		}

		@Test
		void failureOfTheWorkIsTheReasonAlthoughTheRollbackFailsToo() {
			assertThatIllegalStateException().isThrownBy(() -> this.ledger.retried(() -> {
				this.attempts.incrementAndGet();
				insert(1);
				this.relay.cut(When.BEFORE_IT_IS_SEEN, "rollback");
				throw new IllegalStateException("of the caller");
			})).withMessage("of the caller");
			assertThat(this.attempts).hasValue(1);
		}

		@Test
		void failureAfterTheCommitIsNoReasonToCommitTwice() {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.ledger.retried(() -> {
				insert(this.attempts.incrementAndGet());
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						throw new IllegalStateException(new SQLException("conflict", "40001"));
					}

				});
				return null;
			}));
			assertThat(this.attempts).hasValue(1);
			assertThat(count()).isOne();
		}

		@Test
		void connectionIsAskedForAgainAndTheWorkIsNot() throws Exception {
			HikariDataSource pool = this.application.getBeansOfType(HikariDataSource.class)
				.entrySet()
				.stream()
				.filter((entry) -> !entry.getKey().endsWith("east"))
				.map(Map.Entry::getValue)
				.findFirst()
				.orElseThrow();
			Connection one = pool.getConnection();
			Connection other = pool.getConnection();
			Thread giving = new Thread(() -> giveBackWhenAskedInVain(pool, one));
			giving.start();
			this.ledger.patient(() -> {
				this.attempts.incrementAndGet();
				insert(1);
				return null;
			});
			giving.join();
			other.close();
			assertThat(this.attempts).hasValue(1);
			assertThat(count()).isOne();
		}

		private static void giveBackWhenAskedInVain(HikariDataSource pool, Connection connection) {
			try (connection) {
				for (int i = 0; i < 2; i++) {
					Awaitility.await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 1);
					Awaitility.await().until(() -> pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Test
		void metaAnnotationAndClassSayTheSame() throws Exception {
			this.ledger.settling(() -> failOnce());
			assertThat(this.attempts).hasValue(2);
			this.attempts.set(0);
			OfClass ofClass = this.application.getBean(OfClass.class);
			ofClass.transactional(() -> failOnce());
			assertThat(this.attempts).hasValue(2);
			this.attempts.set(0);
			assertThat(ofClass.plain()).isEqualTo("not transactional");
		}

		private @Nullable Object failOnce() {
			if (this.attempts.incrementAndGet() == 1) {
				raise("40001");
			}
			return null;
		}

		@Test
		void sessionThatIsHeldOpenIsLeftAloneByAttempts() throws Exception {
			EntityManagerFactory factory = this.application.getBeanProvider(EntityManagerFactory.class)
				.getIfAvailable();
			if (factory == null) {
				return;
			}
			SessionTemplate sessions = this.application.getBean(SessionTemplate.class);
			EntityManagerHolder open = new EntityManagerHolder(factory.createEntityManager());
			TransactionSynchronizationManager.bindResource(factory, open);
			try {
				this.ledger.retried(() -> {
					sessions.writeWithoutResult((session) -> assertThat(session).isNotSameAs(open.getEntityManager()));
					return failOnce();
				});
				assertThat(TransactionSynchronizationManager.getResource(factory)).isSameAs(open);
			}
			finally {
				TransactionSynchronizationManager.unbindResource(factory);
				open.getEntityManager().close();
			}
		}

		private void insert(int id) {
			this.jdbc.update("insert into note (id) values (?)", id);
		}

		private void raise(String state) {
			this.jdbc.execute("do $$ begin raise exception using errcode = '%s'; end $$".formatted(state));
		}

		private int count() {
			return Objects.requireNonNull(this.others.queryForObject("select count(*) from note", Integer.class));
		}

		private double retries(String state) {
			return this.application.getBean(MeterRegistry.class)
				.find("uno.session.retries")
				.tag("sqlstate", state)
				.functionCounters()
				.stream()
				.mapToDouble((counter) -> counter.count())
				.sum();
		}

		private double exhausted() {
			return this.application.getBean(MeterRegistry.class)
				.get("uno.session.retries.exhausted")
				.functionCounter()
				.count();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Ledger ledger() {
			return new Ledger();
		}

		@Bean
		OfClass ofClass() {
			return new OfClass();
		}

	}

	static class Ledger {

		@Transactional
		@RetryTransaction(3)
		public @Nullable Object retried(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		@Transactional
		@RetryTransaction(attempts = 3, idempotent = true)
		public @Nullable Object idempotent(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		@Transactional
		@RetryTransaction(onLockTimeout = true, firstWait = "1ms", longestWait = "2ms", within = "10s")
		public @Nullable Object waiting(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		@Transactional
		@RetryTransaction(100)
		public @Nullable Object patient(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		@Settling
		public @Nullable Object settling(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		@Transactional
		public @Nullable Object surrounding(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public @Nullable Object apart(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

	}

	@Transactional
	@RetryTransaction
	@Retention(RetentionPolicy.RUNTIME)
	@interface Settling {

	}

	@RetryTransaction
	static class OfClass {

		@Transactional
		public @Nullable Object transactional(Callable<@Nullable Object> work) throws Exception {
			return work.call();
		}

		public String plain() {
			return "not transactional";
		}

	}

}
