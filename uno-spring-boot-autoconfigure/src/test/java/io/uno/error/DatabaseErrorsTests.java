package io.uno.error;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.uno.bulk.BulkService;
import io.uno.embedded.PostgresReplica;
import io.uno.error.DatabaseError.Kind;
import io.uno.error.DatabaseError.PoolUsage;
import io.uno.session.ConnectionTemplate;
import io.uno.session.SessionTemplate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PSQLException;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Every kind of failure, provoked on a server.
 */
@Tag("postgres")
class DatabaseErrorsTests {

	private static Library library;

	private final JdbcTemplate jdbc = library.bean(JdbcTemplate.class);

	private final SessionTemplate sessions = library.bean("shop.sessions", SessionTemplate.class);

	@BeforeAll
	static void start() {
		library = new Library();
	}

	@AfterAll
	static void close() {
		library.close();
	}

	@AfterEach
	void forgetRows() {
		this.jdbc.update("delete from book where id > 1");
		this.jdbc.update("delete from loan");
	}

	@ParameterizedTest
	@EnumSource
	void duplicateIsToldWithItsConstraint(Way way) {
		DatabaseError error = error(UniqueViolationException.class, way,
				(sql) -> sql.run("insert into book (id, isbn, title) values (2, '1-1', 'Another')"));
		assertThat(error).isEqualTo(new DatabaseError(Kind.UNIQUE, "shop", "shop.main", "23505", "public", "book", null,
				"book_isbn", "Key (isbn)=(1-1) already exists.", false, null));
	}

	@ParameterizedTest
	@EnumSource
	void missingReferenceIsToldWithItsForeignKey(Way way) {
		DatabaseError error = error(ForeignKeyViolationException.class, way,
				(sql) -> sql.run("insert into book (id, title, shelf) values (2, 'Lost', 7)"));
		assertThat(error.kind()).isEqualTo(Kind.FOREIGN_KEY);
		assertThat(error.constraint()).isEqualTo("book_shelf");
		assertThat(error.sqlState()).isEqualTo("23503");
		assertThat(error(ForeignKeyViolationException.class, way, (sql) -> sql.run("delete from shelf")).constraint())
			.isEqualTo("book_shelf");
	}

	@ParameterizedTest
	@EnumSource
	void brokenCheckIsToldWithItsConstraint(Way way) {
		DatabaseError error = error(RowConstraintViolationException.class, way,
				(sql) -> sql.run("insert into book (id, title, pages) values (2, 'Thin', 0)"));
		assertThat(error.kind()).isEqualTo(Kind.CHECK);
		assertThat(error.constraint()).isEqualTo("book_pages");
		assertThat(error.table()).isEqualTo("book");
	}

	@ParameterizedTest
	@EnumSource
	void missingValueIsToldWithItsColumn(Way way) {
		DatabaseError error = error(RowConstraintViolationException.class, way,
				(sql) -> sql.run("insert into book (id) values (2)"));
		assertThat(error.kind()).isEqualTo(Kind.NOT_NULL);
		assertThat(error.column()).isEqualTo("title");
		assertThat(error.schema()).isEqualTo("public");
	}

	@ParameterizedTest
	@EnumSource
	void exclusionIsToldWithItsConstraint(Way way) {
		this.jdbc.update("insert into loan values (1, '[1, 5)')");
		DatabaseError error = error(RowConstraintViolationException.class, way,
				(sql) -> sql.run("insert into loan values (1, '[4, 8)')"));
		assertThat(error.kind()).isEqualTo(Kind.EXCLUSION);
		assertThat(error.constraint()).isEqualTo("loan_days");
		assertThat(error.sqlState()).isEqualTo("23P01");
	}

	@ParameterizedTest
	@EnumSource
	void concurrentUpdateIsAConflict(Way way) {
		DatabaseError error = error(TransactionConflictException.class, way, (sql) -> {
			sql.run("set transaction isolation level repeatable read");
			sql.run("select id from book");
			others().update("update book set pages = pages + 1");
			sql.run("update book set pages = 1");
		});
		assertThat(error.kind()).isEqualTo(Kind.SERIALIZATION);
		assertThat(error.sqlState()).isEqualTo("40001");
		assertThat(error.recoveryConflict()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void deadlockIsAConflict(Way way) {
		this.jdbc.update("insert into book (id, title) values (2, 'Second')");
		CyclicBarrier bothHaveOne = new CyclicBarrier(2);
		List<CompletableFuture<Void>> both = List.of(
				CompletableFuture.runAsync(() -> lock(way, bothHaveOne, 1, 2), (task) -> new Thread(task).start()),
				CompletableFuture.runAsync(() -> lock(way, bothHaveOne, 2, 1), (task) -> new Thread(task).start()));
		Throwable failure = catchThrowable(
				() -> CompletableFuture.allOf(both.toArray(CompletableFuture[]::new)).join());
		assertThat(failure).isInstanceOf(CompletionException.class)
			.cause()
			.isInstanceOf(TransactionConflictException.class)
			.isInstanceOf(CannotAcquireLockException.class);
		assertThat(DatabaseErrors.of(failure)).hasValueSatisfying((error) -> {
			assertThat(error.kind()).isEqualTo(Kind.DEADLOCK);
			assertThat(error.sqlState()).isEqualTo("40P01");
			assertThat(error.node()).isEqualTo("shop.main");
		});
	}

	private void lock(Way way, CyclicBarrier bothHaveOne, long one, long other) {
		way.inTransaction("shop", (sql) -> {
			sql.run("update book set pages = 1 where id = " + one);
			try {
				bothHaveOne.await(10, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
			sql.run("update book set pages = 1 where id = " + other);
		});
	}

	@ParameterizedTest
	@EnumSource
	void lockThatOthersHoldTimesOut(Way way) throws SQLException {
		try (Connection holder = library.shop().primary().dataSource().getConnection();
				Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("select * from book for update");
			DatabaseError error = error(LockTimeoutException.class, way, (sql) -> {
				sql.run("set local lock_timeout = '20ms'");
				sql.run("update book set pages = 1");
			});
			assertThat(error.kind()).isEqualTo(Kind.LOCK_TIMEOUT);
			assertThat(error.sqlState()).isEqualTo("55P03");
			assertThat(error(LockTimeoutException.class, way, (sql) -> sql.run("select id from book for update nowait"))
				.kind()).isEqualTo(Kind.LOCK_TIMEOUT);
			holder.rollback();
		}
	}

	@ParameterizedTest
	@EnumSource
	void statementTimesOut(Way way) {
		DatabaseError error = error(StatementTimeoutException.class, way, (sql) -> {
			sql.run("set local statement_timeout = '20ms'");
			sql.run("select cast(pg_sleep(10) as text)");
		});
		assertThat(error.kind()).isEqualTo(Kind.STATEMENT_TIMEOUT);
		assertThat(error.sqlState()).isEqualTo("57014");
	}

	@ParameterizedTest
	@EnumSource
	void statementIsCancelledFromOutside(Way way) {
		CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> catchThrowable(
				() -> way.inTransaction("shop", (sql) -> sql.run("select cast(pg_sleep(10) as text) || 'cancel me'"))));
		await().until(() -> terminate("pg_cancel_backend", "cancel me"));
		assertThat(failure.join()).isInstanceOf(StatementCancelledException.class)
			.isInstanceOf(QueryTimeoutException.class);
		assertThat(DatabaseErrors.of(failure.join())).hasValueSatisfying((error) -> {
			assertThat(error.kind()).isEqualTo(Kind.CANCELLED);
			assertThat(error.node()).isEqualTo("shop.main");
		});
	}

	@ParameterizedTest
	@EnumSource
	void connectionIsLost(Way way) {
		DatabaseError error = error(ConnectionLostException.class, way, (sql) -> {
			Object pid = sql.run("select pg_backend_pid()").get(0);
			library.administrator(library.shop().primary())
				.queryForObject("select pg_terminate_backend(?, 1000)", Boolean.class, pid);
			sql.run("select id from book");
		});
		assertThat(error.kind()).isEqualTo(Kind.CONNECTION_LOST);
		assertThat(error.sqlState()).isIn("57P01", "08006");
	}

	@ParameterizedTest
	@EnumSource
	void exhaustedPoolIsToldWithItsFigures(Way way) throws SQLException {
		try (Connection taken = library.bean("till.main", DataSource.class).getConnection()) {
			assertThat(taken.isValid(1)).isTrue();
			Throwable failure = catchThrowable(() -> way.inTransaction("till", (sql) -> sql.run("select 1")));
			assertThat(failure).isInstanceOf(PoolExhaustedException.class)
				.isInstanceOf(TransientDataAccessResourceException.class)
				.hasMessageContaining("on node 'till.main'");
			assertThat(DatabaseErrors.of(failure)).contains(new DatabaseError(Kind.POOL_EXHAUSTED, "till", "till.main",
					null, null, null, null, null, null, false, new PoolUsage(1, 0, 0)));
		}
	}

	@Test
	void statementInTheWayOfRecoveryIsToldApart() {
		PostgresReplica east = library.shop().replica("east");
		JdbcTemplate administrator = library.administrator(east);
		administrator.execute("alter system set max_standby_streaming_delay = '10ms'");
		administrator.queryForObject("select pg_reload_conf()", Boolean.class);
		try {
			CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> catchThrowable(this::readLong));
			await().until(() -> !administrator
				.queryForList("select 1 from pg_stat_activity where query like '%pg_sleep(20)%' and state = 'active' "
						+ "and pid <> pg_backend_pid()")
				.isEmpty());
			others().execute("truncate ledger");
			assertThat(failure.join()).isInstanceOf(TransactionConflictException.class);
			DatabaseError error = DatabaseErrors.of(failure.join()).orElseThrow();
			assertThat(error.kind()).isEqualTo(Kind.SERIALIZATION);
			assertThat(error.recoveryConflict()).isTrue();
			assertThat(error.node()).isEqualTo("shop.east");
		}
		finally {
			administrator.execute("alter system reset max_standby_streaming_delay");
			administrator.queryForObject("select pg_reload_conf()", Boolean.class);
		}
	}

	private void readLong() {
		this.sessions.read((session) -> session.createNativeQuery("select pg_sleep(20) from ledger", Object.class)
			.getResultList());
	}

	@ParameterizedTest
	@EnumSource
	void serverThatTakesNoWritesIsToldApartFromARouteThatOnlyReads(Way way) {
		DatabaseError error = error(ReadOnlyDatabaseException.class, way, (sql) -> {
			sql.run("set transaction read only");
			sql.run("update book set pages = 1");
		});
		assertThat(error.kind()).isEqualTo(Kind.READ_ONLY);
		assertThat(error.sqlState()).isEqualTo("25006");
	}

	@Test
	void whatNobodyCanDoAnythingAboutIsSpringsOwnAndKnowsItsNode() {
		Throwable failure = catchThrowable(() -> this.jdbc.queryForList("select * from nowhere"));
		assertThat(failure).isExactlyInstanceOf(BadSqlGrammarException.class);
		assertThat(DatabaseErrors.of(failure)).contains(
				new DatabaseError(Kind.OTHER, "shop", "shop.main", "42P01", null, null, null, null, null, false, null));
	}

	@Test
	void failureOfTheCommitIsTold() {
		DatabaseError error = error(UniqueViolationException.class,
				() -> inTransaction((jdbc) -> jdbc.update("insert into ledger values (1), (1)")));
		assertThat(error.constraint()).isEqualTo("ledger_id");
		assertThat(error.node()).isEqualTo("shop.main");
	}

	@Test
	void failureOfASessionIsToldAndKeepsHibernatesAsItsCause() {
		assertThatExceptionOfType(UniqueViolationException.class)
			.isThrownBy(() -> this.sessions.writeWithoutResult((session) -> {
				session.persist(new Book(2L, "1-1", "Another"));
				session.flush();
			}))
			.withCauseInstanceOf(ConstraintViolationException.class)
			.satisfies((failure) -> assertThat(failure.getMostSpecificCause()).isInstanceOf(PSQLException.class))
			.satisfies((failure) -> assertThat(failure.getError().constraint()).isEqualTo("book_isbn"))
			.satisfies((failure) -> assertThat(failure.getError().node()).isEqualTo("shop.main"));
	}

	@Test
	void failureOfTheFlushBeforeTheCommitIsTold() {
		assertThatExceptionOfType(UniqueViolationException.class)
			.isThrownBy(
					() -> this.sessions.writeWithoutResult((session) -> session.persist(new Book(2L, "1-1", "Other"))))
			.satisfies((failure) -> assertThat(failure.getError().constraint()).isEqualTo("book_isbn"));
	}

	@Test
	void failureOfARepositoryIsTold() {
		assertThatExceptionOfType(UniqueViolationException.class)
			.isThrownBy(() -> library.bean(BookRepository.class).save(new Book(2L, "1-1", "Another")))
			.satisfies((failure) -> assertThat(failure.getError().constraint()).isEqualTo("book_isbn"));
	}

	@Test
	void failureOfAStatementInABatchIsTold() {
		DatabaseError error = error(RowConstraintViolationException.class,
				() -> this.jdbc.batchUpdate("insert into book (id, title, pages) values (?, 'Batch', ?)",
						List.of(new Object[] { 2, 1 }, new Object[] { 3, 0 })));
		assertThat(error.constraint()).isEqualTo("book_pages");
		assertThat(error.node()).isEqualTo("shop.main");
	}

	@Test
	void failureOfABulkOperationIsTold() {
		Throwable failure = catchThrowable(
				() -> library.bean(BulkService.class).insert(Book.class).from(List.of(new Book(2L, "1-1", "Another"))));
		assertThat(DatabaseErrors.of(failure)).hasValueSatisfying((error) -> {
			assertThat(error.kind()).isEqualTo(Kind.UNIQUE);
			assertThat(error.constraint()).isEqualTo("book_isbn");
			assertThat(error.node()).isEqualTo("shop.main");
		});
	}

	@Test
	void failureOfAConnectionTemplateIsTold() {
		assertThatExceptionOfType(UniqueViolationException.class)
			.isThrownBy(() -> library.bean("till.connections", ConnectionTemplate.class).execute((connection) -> {
				try (PreparedStatement statement = connection
					.prepareStatement("insert into book (id, title) values (1, 'Again')")) {
					return statement.executeUpdate();
				}
			}))
			.satisfies((failure) -> assertThat(failure.getError().node()).isEqualTo("till.main"));
	}

	@Test
	void exceptionOfTheDriverKnowsItsNode() throws SQLException {
		try (Connection connection = library.bean(DataSource.class).getConnection();
				PreparedStatement statement = connection
					.prepareStatement("insert into book (id, title) values (1, 'Again')")) {
			assertThatExceptionOfType(PSQLException.class).isThrownBy(statement::executeUpdate)
				.satisfies((failure) -> assertThat(DatabaseErrors.of(failure))
					.hasValueSatisfying((error) -> assertThat(error.node()).isEqualTo("shop.main")))
				.satisfies((failure) -> assertThat(failure.getSuppressed()).singleElement()
					.asString()
					.endsWith("Node 'shop.main' of database 'shop'"));
		}
	}

	@Test
	void exceptionOfAClientWithoutATransactionKnowsItsNode() {
		Throwable failure = catchThrowable(
				() -> library.till().sql("insert into book (id, title) values (1, 'Again')").update());
		assertThat(failure).isInstanceOf(UniqueViolationException.class);
		assertThat(DatabaseErrors.of(failure))
			.hasValueSatisfying((error) -> assertThat(error.node()).isEqualTo("till.main"));
	}

	@Test
	void exceptionsAreThoseThatWereCaughtBefore() {
		assertThat(DuplicateKeyException.class).isAssignableFrom(UniqueViolationException.class);
		assertThat(DataIntegrityViolationException.class).isAssignableFrom(ForeignKeyViolationException.class)
			.isAssignableFrom(RowConstraintViolationException.class);
		assertThat(CannotAcquireLockException.class).isAssignableFrom(TransactionConflictException.class)
			.isAssignableFrom(LockTimeoutException.class);
		assertThat(QueryTimeoutException.class).isAssignableFrom(StatementTimeoutException.class);
		assertThat(DataAccessResourceFailureException.class).isAssignableFrom(ConnectionLostException.class);
	}

	private <X extends DataAccessException> DatabaseError error(Class<X> type, Way way, Consumer<Sql> work) {
		return error(type, () -> way.inTransaction("shop", work));
	}

	private <X extends DataAccessException> DatabaseError error(Class<X> type, ThrowingCallable work) {
		Throwable failure = catchThrowable(work);
		assertThat(failure).isExactlyInstanceOf(type).hasMessageContaining(" on node 'shop.main'; ");
		DatabaseError error = DatabaseErrors.of(failure).orElseThrow();
		assertThat(error.database()).isEqualTo("shop");
		assertThat(error.node()).isEqualTo("shop.main");
		if (error.detail() != null) {
			assertThat(error.toString()).doesNotContain(error.detail());
		}
		return error;
	}

	private void inTransaction(Consumer<JdbcTemplate> work) {
		new TransactionTemplate(library.bean(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> work.accept(this.jdbc));
	}

	private static JdbcTemplate others() {
		return new JdbcTemplate(library.shop().primary().dataSource());
	}

	private static boolean terminate(String function, String mark) {
		return !JdbcClient.create(library.administrator(library.shop().primary()))
			.sql("select %s(pid) from pg_stat_activity where query like ? and pid <> pg_backend_pid() and state = 'active'"
				.formatted(function))
			.param("%" + mark + "%")
			.query(Boolean.class)
			.list()
			.stream()
			.filter(Objects::nonNull)
			.toList()
			.isEmpty();
	}

	/**
	 * Runs one statement, and returns the values of its only column.
	 */
	@FunctionalInterface
	interface Sql {

		List<?> run(String sql);

	}

	/**
	 * Whose exceptions it is that arrive.
	 */
	enum Way {

		JDBC_TEMPLATE {

			@Override
			void inTransaction(String database, Consumer<Sql> work) {
				JdbcClient client = database.equals("shop") ? JdbcClient.create(library.bean(JdbcTemplate.class))
						: library.bean(database + ".jdbcClient", JdbcClient.class);
				new TransactionTemplate(
						library.bean(database + ".transactionManager", PlatformTransactionManager.class))
					.executeWithoutResult((status) -> work.accept((sql) -> run(client.sql(sql), sql)));
			}

			private static List<?> run(StatementSpec statement, String sql) {
				if (sql.startsWith("select")) {
					return statement.query().singleColumn();
				}
				statement.update();
				return List.of();
			}

		},

		JPA {

			@Override
			void inTransaction(String database, Consumer<Sql> work) {
				library.bean(database + ".sessions", SessionTemplate.class)
					.writeWithoutResult((session) -> work.accept((sql) -> run(session, sql)));
			}

			private static List<?> run(Session session, String sql) {
				if (sql.startsWith("select")) {
					return session.createNativeQuery(sql, Object.class).getResultList();
				}
				session.createNativeMutationQuery(sql).executeUpdate();
				return List.of();
			}

		};

		abstract void inTransaction(String database, Consumer<Sql> work);

	}

}
