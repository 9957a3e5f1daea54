package io.uno.session.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.error.StatementTimeoutException;
import io.uno.routing.ReadOnlyRouteException;
import io.uno.session.SessionAction;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What templates do with transactions, whoever owns the data source: sessions, stateless
 * sessions and plain SQL alike.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SessionTemplateContract {

	private static final String ISOLATION = "select current_setting('transaction_isolation')";

	private final SessionTemplate sessions;

	private final JdbcTemplate jdbc;

	private final EntityManager entityManager;

	private final PlatformTransactionManager transactionManager;

	private final HikariDataSource pool;

	private final JdbcTemplate others;

	private final List<String> told = new ArrayList<>();

	SessionTemplateContract(SessionTemplate sessions, JdbcTemplate jdbc, EntityManager entityManager,
			PlatformTransactionManager transactionManager, HikariDataSource pool, PostgresCluster cluster) {
		this.sessions = sessions;
		this.jdbc = jdbc;
		this.entityManager = SharedEntityManagerCreator
			.createSharedEntityManager(entityManager.getEntityManagerFactory());
		this.transactionManager = transactionManager;
		this.pool = pool;
		this.others = new JdbcTemplate(cluster.primary().dataSource());
	}

	@BeforeAll
	static void createTable(@Autowired PostgresCluster cluster) {
		new JdbcTemplate(cluster.primary().dataSource())
			.execute("create table note (id bigint primary key, text text not null)");
	}

	@BeforeEach
	void createNote() {
		this.others.update("delete from note");
		this.others.update("insert into note (id, text) values (1, 'first')");
		this.told.clear();
	}

	@AfterEach
	void everyConnectionIsBackAsItWas() {
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		assertThat(this.jdbc.queryForObject(ISOLATION, String.class)).isEqualTo("read committed");
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
	}

	/**
	 * The ways to ask for a setting: each kind of template, reading and writing.
	 */
	static Stream<Way> ways() {
		return Stream.of(new Way("session.read", (sessions, sql) -> sessions.read((session) -> ask(session, sql))),
				new Way("session.write", (sessions, sql) -> sessions.write((session) -> ask(session, sql))),
				new Way("stateless.read", (sessions, sql) -> sessions.stateless().read((session) -> ask(session, sql))),
				new Way("stateless.write",
						(sessions, sql) -> sessions.stateless().write((session) -> ask(session, sql))),
				new Way("jdbc.read",
						(sessions, sql) -> sessions.jdbc().read((jdbc) -> jdbc.sql(sql).query(String.class).single())),
				new Way("jdbc.write", (sessions, sql) -> sessions.jdbc()
					.write((jdbc) -> jdbc.sql(sql).query(String.class).single())));
	}

	private static String ask(Session session, String sql) {
		return session.createNativeQuery(sql, String.class).getSingleResult();
	}

	private static String ask(StatelessSession session, String sql) {
		return session.createNativeQuery(sql, String.class).getSingleResult();
	}

	@ParameterizedTest
	@MethodSource("ways")
	void isolationIsToldToTheServerAndNotLeftOnTheConnection(Way way) {
		for (Isolation isolation : List.of(Isolation.READ_UNCOMMITTED, Isolation.READ_COMMITTED,
				Isolation.REPEATABLE_READ, Isolation.SERIALIZABLE)) {
			assertThat(way.ask(this.sessions.isolation(isolation), ISOLATION))
				.isEqualTo(isolation.name().toLowerCase().replace('_', ' '));
			assertThat(way.ask(this.sessions, ISOLATION)).isEqualTo("read committed");
		}
	}

	@Test
	void isolationThatTheSurroundingTransactionHasNotAskedForIsRefused() {
		SessionTemplate serializable = this.sessions.isolation(Isolation.SERIALIZABLE).named("inner");
		this.sessions.named("outer").isolation(Isolation.REPEATABLE_READ).writeWithoutResult((session) -> {
			assertThatExceptionOfType(IllegalTransactionStateException.class)
				.isThrownBy(() -> serializable.read((inner) -> 1))
				.withMessage(
						"'inner' asks for isolation SERIALIZABLE and can't join transaction 'outer', which has not asked for it; ask there, or begin another one (Propagation.REQUIRES_NEW)");
			assertThat(serializable.propagation(Propagation.REQUIRES_NEW)
				.<String, RuntimeException>write((inner) -> ask(inner, ISOLATION))).isEqualTo("serializable");
			assertThat(this.sessions.isolation(Isolation.REPEATABLE_READ)
				.<String, RuntimeException>write((inner) -> ask(inner, ISOLATION))).isEqualTo("repeatable read");
		});
	}

	@ParameterizedTest
	@MethodSource("ways")
	void transactionPastItsTimeoutFails(Way way) {
		long began = System.nanoTime();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> way.ask(this.sessions.timeout(Duration.ofSeconds(1)), "select pg_sleep(20)::text"));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void timeoutBelowASecondIsKept() {
		// the server keeps it where it has been told
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.sessions.timeout(Duration.ofMillis(200)).jdbc().writeWithoutResult((client) -> {
				client.sql("select pg_sleep(0.3)").query().singleValue();
				client.sql("select 1").query().singleValue();
			}))
			.isInstanceOfAny(TransactionTimedOutException.class, StatementTimeoutException.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.sessions.timeout(Duration.ofNanos(1)))
			.withMessage(
					"A transaction needs at least 1 ms, not PT0.000000001S; leave out timeout(...) for one that may last as long as it likes");
	}

	@Test
	void newTransactionIsKeptWhenTheSurroundingOneIsUndone() {
		SessionTemplate apart = this.sessions.propagation(Propagation.REQUIRES_NEW);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.sessions.<IOException>writeWithoutResult((session) -> {
				session.persist(new Note(2, "undone"));
				apart.writeWithoutResult((inner) -> {
					assertThat(inner).isNotSameAs(session);
					inner.persist(new Note(3, "kept"));
				});
				throw new IOException("outer");
			}));
		assertThat(texts()).containsExactly("first", "kept");
		this.sessions.readWithoutResult(
				(session) -> apart.writeWithoutResult((inner) -> inner.persist(new Note(4, "inside a read"))));
		assertThat(texts()).containsExactly("first", "kept", "inside a read");
	}

	@Test
	void mandatoryWorkNeedsATransaction() {
		SessionTemplate mandatory = this.sessions.propagation(Propagation.MANDATORY);
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> mandatory.read((session) -> 1));
		this.sessions.writeWithoutResult(
				(session) -> mandatory.writeWithoutResult((inner) -> assertThat(inner).isSameAs(session)));
	}

	@Test
	void workThatNeverJoinsHasATransactionOfItsOwn() {
		SessionTemplate never = this.sessions.propagation(Propagation.NEVER).named("alone");
		never.writeWithoutResult((session) -> session.persist(new Note(2, "alone")));
		assertThat(texts()).containsExactly("first", "alone");
		this.sessions.named("outer")
			.readWithoutResult((session) -> assertThatExceptionOfType(IllegalTransactionStateException.class)
				.isThrownBy(() -> never.read((inner) -> 1))
				.withMessage(
						"'alone' has Propagation.NEVER and can't run inside transaction 'outer'; call it outside of that one, or leave out propagation(...)"));
	}

	@ParameterizedTest
	@EnumSource(value = Propagation.class, names = { "SUPPORTS", "NOT_SUPPORTED" })
	void propagationThatMayRunWithoutATransactionIsRefused(Propagation propagation) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.sessions.propagation(propagation))
			.withMessage("Work of a template always runs in a transaction, which Propagation." + propagation
					+ " does not make sure of; choose REQUIRED, REQUIRES_NEW, MANDATORY, NESTED or NEVER");
	}

	@Test
	void nestedWorkThatFailsIsUndoneAloneAndTheRestGoesOn() {
		SessionTemplate nested = this.sessions.propagation(Propagation.NESTED);
		this.sessions.writeWithoutResult((session) -> {
			Note before = new Note(2, "before");
			session.persist(before);
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> nested.<IOException>writeWithoutResult((inner) -> {
					assertThat(inner.find(Note.class, 2L).getText()).isEqualTo("before");
					inner.persist(new Note(3, "undone"));
					inner.flush();
					inner.createMutationQuery("update Note set text = 'undone'").executeUpdate();
					this.jdbc.update("insert into note (id, text) values (4, 'undone')");
					throw new IOException("inner");
				}));
			assertThat(session.contains(before)).isTrue();
			session.persist(new Note(5, "after"));
		});
		assertThat(texts()).containsExactly("first", "before", "after");
	}

	@Test
	void nestedWorkThatTheServerRefusesIsUndoneAloneAndTheRestGoesOn() {
		SessionTemplate nested = this.sessions.propagation(Propagation.NESTED);
		this.sessions.writeWithoutResult((session) -> {
			session.persist(new Note(2, "before"));
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> nested.writeWithoutResult((inner) -> inner.persist(new Note(1, "twice"))))
				.withStackTraceContaining("note_pkey");
			assertThatExceptionOfType(DataIntegrityViolationException.class).isThrownBy(() -> nested.jdbc()
				.writeWithoutResult(
						(client) -> client.sql("insert into note (id, text) values (1, 'twice')").update()));
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(
					() -> nested.stateless().writeWithoutResult((stateless) -> stateless.insert(new Note(1, "twice"))))
				.withStackTraceContaining("note_pkey");
			session.persist(new Note(5, "after"));
		});
		assertThat(texts()).containsExactly("first", "before", "after");
	}

	@Test
	void nestedWorkThatSucceedsEndsAsTheSurroundingTransactionDoes() {
		SessionTemplate nested = this.sessions.propagation(Propagation.NESTED);
		this.sessions.writeWithoutResult((session) -> {
			nested.writeWithoutResult((inner) -> inner.persist(new Note(2, "kept")));
			assertThat(session.find(Note.class, 2L).getText()).isEqualTo("kept");
		});
		assertThat(texts()).containsExactly("first", "kept");
		new TransactionTemplate(this.transactionManager).executeWithoutResult((status) -> {
			nested.writeWithoutResult((inner) -> inner.persist(new Note(3, "undone")));
			status.setRollbackOnly();
		});
		assertThat(texts()).containsExactly("first", "kept");
	}

	@Test
	void nestedWorkCanBeNestedFurther() {
		SessionTemplate nested = this.sessions.propagation(Propagation.NESTED);
		this.sessions.writeWithoutResult((session) -> nested.writeWithoutResult((inner) -> {
			inner.persist(new Note(2, "inner"));
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> nested.writeWithoutResult((innermost) -> {
					innermost.persist(new Note(3, "innermost"));
					innermost.flush();
					throw new IllegalStateException("innermost");
				}));
		}));
		assertThat(texts()).containsExactly("first", "inner");
	}

	@Test
	void everythingInNestedWorkSharesItsSession() {
		SessionTemplate nested = this.sessions.propagation(Propagation.NESTED);
		TransactionTemplate joining = new TransactionTemplate(this.transactionManager);
		this.sessions.writeWithoutResult((session) -> {
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> nested.writeWithoutResult((inner) -> {
					this.entityManager.persist(new Note(2, "undone"));
					assertThat(inner.find(Note.class, 2L)).isNotNull();
					joining.executeWithoutResult((status) -> {
						this.sessions.writeWithoutResult((same) -> assertThat(same).isSameAs(inner));
						status.setRollbackOnly();
					});
				}));
			Note kept = new Note(3, "kept");
			this.entityManager.persist(kept);
			assertThat(session.contains(kept)).isTrue();
		});
		assertThat(texts()).containsExactly("first", "kept");
	}

	@Test
	void nestedWorkIsATransactionWhereThereIsNone() {
		this.sessions.propagation(Propagation.NESTED)
			.writeWithoutResult((session) -> session.persist(new Note(2, "kept")));
		assertThat(texts()).containsExactly("first", "kept");
	}

	@Test
	void transactionHasTheNameOfTheTemplate() {
		assertThat(this.sessions.<String, RuntimeException>read((session) -> name())).isEqualTo("SessionTemplate.read");
		assertThat(this.sessions.stateless().<String, RuntimeException>write((session) -> name()))
			.isEqualTo("StatelessSessionTemplate.write");
		assertThat(this.sessions.jdbc().<String, RuntimeException>read((client) -> name()))
			.isEqualTo("JdbcClientTemplate.read");
		SessionTemplate named = this.sessions.named("settle");
		assertThat(named.<String, RuntimeException>write((session) -> name())).isEqualTo("settle");
		assertThat(named.stateless().<String, RuntimeException>read((session) -> name())).isEqualTo("settle");
		assertThatIllegalArgumentException().isThrownBy(() -> this.sessions.named(" "))
			.withMessage("The name of a transaction must not be empty");
	}

	private static String name() {
		return Objects.requireNonNull(TransactionSynchronizationManager.getCurrentTransactionName());
	}

	@Test
	void dryRunReturnsItsResultAndLeavesNothing() {
		SessionTemplate dry = this.sessions.dryRun();
		long count = dry.write((session) -> {
			session.persist(new Note(2, "undone"));
			return session.createSelectionQuery("select count(*) from Note", Long.class).getSingleResult();
		});
		assertThat(count).isEqualTo(2);
		int updated = dry.jdbc().write((client) -> client.sql("update note set text = 'undone'").update());
		assertThat(updated).isOne();
		dry.stateless().writeWithoutResult((session) -> session.insert(new Note(3, "undone")));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> dry.writeWithoutResult((session) -> session.persist(new Note(1, "twice"))))
			.withStackTraceContaining("note_pkey");
		assertThat(texts()).containsExactly("first");
	}

	@Test
	void dryRunInsideATransactionIsUndoneAlone() {
		this.sessions.writeWithoutResult((session) -> {
			session.persist(new Note(2, "kept"));
			long count = this.sessions.dryRun().write((inner) -> {
				inner.persist(new Note(3, "undone"));
				return inner.createSelectionQuery("select count(*) from Note", Long.class).getSingleResult();
			});
			assertThat(count).isEqualTo(3);
			session.persist(new Note(4, "kept too"));
		});
		assertThat(texts()).containsExactly("first", "kept", "kept too");
	}

	@Test
	void hooksRunAfterTheCommitOutsideOfTheTransaction() {
		hooked(this.sessions).writeWithoutResult((session) -> {
			session.persist(new Note(2, "kept"));
			tell("work");
		});
		assertThat(this.told).containsExactly("work", "committed [first, kept] outside");
	}

	@Test
	void hooksRunAfterTheRollback() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> hooked(this.sessions).<IOException>writeWithoutResult((session) -> {
				session.persist(new Note(2, "undone"));
				throw new IOException("work");
			}));
		assertThat(this.told).containsExactly("rolled back [first] outside");
		hooked(this.sessions.dryRun()).writeWithoutResult((session) -> session.persist(new Note(2, "undone")));
		assertThat(this.told).hasSize(2).last().isEqualTo("rolled back [first] outside");
	}

	@Test
	void hooksOfWorkThatJoinsRunAfterTheSurroundingTransaction() {
		TransactionTemplate surrounding = new TransactionTemplate(this.transactionManager);
		surrounding.executeWithoutResult((status) -> {
			hooked(this.sessions).writeWithoutResult((session) -> session.persist(new Note(2, "kept")));
			tell("still inside");
		});
		assertThat(this.told).containsExactly("still inside", "committed [first, kept] outside");
		this.told.clear();
		surrounding.executeWithoutResult((status) -> {
			hooked(this.sessions).writeWithoutResult((session) -> session.persist(new Note(3, "undone")));
			status.setRollbackOnly();
		});
		assertThat(this.told).containsExactly("rolled back [first, kept] outside");
	}

	@Test
	void hookMayWriteByItself() {
		SessionTemplate writing = this.sessions.afterCommit(
				() -> this.sessions.writeWithoutResult((session) -> session.persist(new Note(10, "by the hook"))));
		new TransactionTemplate(this.transactionManager).executeWithoutResult(
				(status) -> writing.writeWithoutResult((session) -> session.persist(new Note(2, "kept"))));
		assertThat(texts()).containsExactly("first", "kept", "by the hook");
	}

	@Test
	void hooksOfNestedWorkFollowWhatBecomesOfIt() {
		SessionTemplate nested = hooked(this.sessions.propagation(Propagation.NESTED));
		this.sessions.writeWithoutResult((session) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> nested.write((inner) -> {
				throw new IllegalStateException("inner");
			}));
			assertThat(this.told).containsExactly("rolled back [first] inside");
			nested.writeWithoutResult((inner) -> inner.persist(new Note(2, "kept")));
			assertThat(this.told).hasSize(1);
		});
		assertThat(this.told).hasSize(2).last().isEqualTo("committed [first, kept] outside");
	}

	@Test
	void hookThatThrowsChangesNothing() {
		int result = hooked(this.sessions.afterCommit(() -> {
			throw new IllegalStateException("hook");
		})).write((session) -> 7);
		assertThat(result).isEqualTo(7);
		assertThat(this.told).containsExactly("committed [first] outside");
	}

	@Test
	void hooksOfATransactionThatIsTriedAgainRunOnce() {
		AtomicInteger attempts = new AtomicInteger();
		hooked(this.sessions.retry(3)).writeWithoutResult((session) -> {
			if (attempts.incrementAndGet() < 3) {
				conflict(session);
			}
		});
		assertThat(this.told).containsExactly("committed [first] outside");
		this.told.clear();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> hooked(this.sessions.retry(3)).writeWithoutResult(SessionTemplateContract::conflict));
		assertThat(this.told).containsExactly("rolled back [first] outside");
	}

	@Test
	void conflictThatAHookOfSpringsHasIsNoReasonToCommitTwice() {
		AtomicInteger attempts = new AtomicInteger();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.sessions.retry(3).writeWithoutResult((session) -> {
				session.persist(new Note(2 + attempts.getAndIncrement(), "kept"));
				TransactionSynchronizationManager
					.registerSynchronization(afterCommit(() -> this.sessions.propagation(Propagation.REQUIRES_NEW)
						.writeWithoutResult(SessionTemplateContract::conflict)));
			}));
		assertThat(attempts).hasValue(1);
		assertThat(texts()).containsExactly("first", "kept");
	}

	private static TransactionSynchronization afterCommit(Runnable action) {
		return new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				action.run();
			}

		};
	}

	private SessionTemplate hooked(SessionTemplate template) {
		return template.afterCommit(() -> tell("committed")).afterRollback(() -> tell("rolled back"));
	}

	private void tell(String what) {
		this.told
			.add(what.equals("committed") || what.equals("rolled back")
					? "%s %s %s".formatted(what, texts(),
							TransactionSynchronizationManager.isActualTransactionActive() ? "inside" : "outside")
					: what);
	}

	private static void conflict(Session session) {
		session.createNativeMutationQuery("do $$ begin raise exception using errcode = '40001'; end $$")
			.executeUpdate();
	}

	@Test
	void statelessSessionAndJdbcShareTheConnectionOfTheTransaction() {
		SessionAction<RuntimeException> work = (session) -> {
			session.persist(new Note(2, "not sent yet"));
			String connection = ask(session, "select pg_backend_pid()::text");
			this.sessions.stateless().writeWithoutResult((stateless) -> {
				assertThat(ask(stateless, "select pg_backend_pid()::text")).isEqualTo(connection);
				session.persist(new Note(3, "neither"));
			});
			this.sessions.stateless().readWithoutResult((stateless) -> {
				assertThat(stateless.get(Note.class, 3L).getText()).isEqualTo("neither");
				stateless.insert(new Note(4, "by the stateless one"));
			});
			this.sessions.jdbc().writeWithoutResult((client) -> {
				assertThat(client.sql("select pg_backend_pid()::text").query(String.class).single())
					.isEqualTo(connection);
				assertThat(client.sql("select count(*) from note").query(Integer.class).single()).isEqualTo(4);
			});
			assertThat(session.find(Note.class, 4L).getText()).isEqualTo("by the stateless one");
		};
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.sessions.writeWithoutResult((session) -> {
				work.doInSession(session);
				throw new IllegalStateException("undo everything");
			}))
			.withMessage("undo everything");
		assertThat(texts()).containsExactly("first");
		this.sessions.writeWithoutResult(work);
		assertThat(texts()).containsExactly("first", "not sent yet", "neither", "by the stateless one");
	}

	@Test
	void whatAStatelessSessionHoldsInABatchIsSentBeforeTheTransactionEnds() {
		this.sessions.stateless().writeWithoutResult((session) -> {
			session.setJdbcBatchSize(10);
			session.insert(new Note(2, "in a batch"));
			session.insert(new Note(3, "that is not full"));
			assertThat(this.jdbc.queryForObject("select count(*) from note", Integer.class)).isOne();
		});
		assertThat(texts()).containsExactly("first", "in a batch", "that is not full");
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.sessions.stateless().writeWithoutResult((session) -> {
				session.setJdbcBatchSize(10);
				session.insert(new Note(4, "undone"));
				session.insert(new Note(1, "twice"));
			}))
			.withStackTraceContaining("note_pkey");
		assertThat(texts()).containsExactly("first", "in a batch", "that is not full");
	}

	@Test
	void statelessSessionIsClosedWithItsTransaction() {
		List<StatelessSession> seen = new ArrayList<>();
		this.sessions.stateless().readWithoutResult(seen::add);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.sessions.stateless().<IOException>writeWithoutResult((session) -> {
				seen.add(session);
				session.insert(new Note(2, "undone"));
				throw new IOException("work");
			}));
		assertThat(seen).hasSize(2).noneMatch(StatelessSession::isOpen);
		assertThat(texts()).containsExactly("first");
	}

	@Test
	void mutationQueryOfAStatelessSessionRunsInTheTransaction() {
		int changed = this.sessions.stateless()
			.write((session) -> session.createMutationQuery("update Note set text = 'changed'").executeUpdate());
		assertThat(changed).isOne();
		assertThat(texts()).containsExactly("changed");
	}

	@Test
	void writeInsideAReadIsRefusedByEachKind() {
		List<Function<SessionTemplate, Object>> writes = List.of((template) -> template.write((session) -> 1),
				(template) -> template.stateless().write((session) -> 1),
				(template) -> template.jdbc().write((client) -> 1),
				(template) -> template.propagation(Propagation.NESTED).write((session) -> 1),
				(template) -> template.dryRun().write((session) -> 1));
		this.sessions.readWithoutResult((session) -> assertThat(writes)
			.allSatisfy((write) -> assertThatExceptionOfType(ReadOnlyRouteException.class)
				.isThrownBy(() -> write.apply(this.sessions))));
	}

	private List<String> texts() {
		return this.others.queryForList("select text from note order by id", String.class);
	}

	/**
	 * A way to ask the server.
	 *
	 * @param name what it is called
	 * @param question asks
	 */
	record Way(String name, Question question) {

		String ask(SessionTemplate sessions, String sql) {
			return this.question.ask(sessions, sql);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * Asks the server in a transaction of a template.
	 */
	@FunctionalInterface
	interface Question {

		String ask(SessionTemplate sessions, String sql);

	}

}
