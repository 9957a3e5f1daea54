package io.uno.error;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.error.DatabaseError.Kind;
import io.uno.session.SessionTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Commits of transactions that the server has given up, on a database with a replica and
 * on one without.
 */
@Tag("postgres")
class TransactionRolledBackTests {

	private static final String TAKEN = "insert into book (id, title) values (1, 'Again')";

	private static final String FREE = "insert into book (id, title) values (2, 'Second')";

	private static Library library;

	private final List<String> hooks = new ArrayList<>();

	@BeforeAll
	static void start() {
		library = new Library();
	}

	@AfterAll
	static void close() {
		library.close();
	}

	@AfterEach
	void nothingStaysAndEverythingIsGivenBack() {
		for (String database : List.of("shop", "till")) {
			assertThat(client(database).sql("select count(*) from book").query(Integer.class).single()).isOne();
			assertThat(library.bean(database + ".main", HikariDataSource.class)
				.getHikariPoolMXBean()
				.getActiveConnections()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop", "till" })
	void commitAfterACaughtFailureOfAClientIsRefused(String database) {
		assertThatExceptionOfType(TransactionRolledBackException.class)
			.isThrownBy(() -> transaction(database).executeWithoutResult((status) -> {
				registerHook();
				client(database).sql(FREE).update();
				insertTaken(database);
			}))
			.withMessage(message(database, TAKEN))
			.satisfies((failure) -> assertThat(failure.getStatement()).isEqualTo(TAKEN))
			.satisfies((failure) -> assertThat(failure.getMostSpecificCause()).isInstanceOf(PSQLException.class))
			.satisfies((failure) -> assertError(failure, database));
		assertThat(this.hooks).containsExactly("completed " + TransactionSynchronization.STATUS_ROLLED_BACK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop", "till" })
	void commitAfterACaughtFailureInASessionIsRefused(String database) {
		assertThatExceptionOfType(TransactionRolledBackException.class).isThrownBy(
				() -> library.bean(database + ".sessions", SessionTemplate.class).writeWithoutResult((session) -> {
					registerHook();
					session.createNativeMutationQuery(FREE).executeUpdate();
					session.doWork((connection) -> executeTaken(connection));
				}))
			.withMessage(message(database, TAKEN));
		assertThat(this.hooks).containsExactly("completed " + TransactionSynchronization.STATUS_ROLLED_BACK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop", "till" })
	void commitOfAPlainConnectionAfterACaughtFailureIsRefused(String database) throws SQLException {
		try (Connection connection = library.bean(database + ".dataSource", DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate(FREE);
			}
			executeTaken(connection);
			assertThatExceptionOfType(RolledBackCommitException.class).isThrownBy(connection::commit)
				.withMessage(message(database, TAKEN))
				.withCauseInstanceOf(PSQLException.class)
				.satisfies((failure) -> assertThat(failure.getSQLState()).isEqualTo("25P02"))
				.satisfies((failure) -> assertError(failure, database));
			connection.commit();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop", "till" })
	void switchingAutocommitOnAfterACaughtFailureIsRefused(String database) throws SQLException {
		try (Connection connection = library.bean(database + ".dataSource", DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.executeUpdate(TAKEN));
			}
			assertThatExceptionOfType(RolledBackCommitException.class).isThrownBy(() -> connection.setAutoCommit(true))
				.withMessage(message(database, TAKEN));
			assertThat(connection.getAutoCommit()).isFalse();
			connection.setAutoCommit(true);
			try (Statement statement = connection.createStatement()) {
				assertThat(statement.executeUpdate(FREE)).isOne();
			}
		}
		assertThat(client(database).sql("delete from book where id = 2").update()).isOne();
	}

	@Test
	void statementThatIsRefusedAfterTheFailureIsNotNamed() throws SQLException {
		try (Connection connection = library.bean("shop.dataSource", DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			executeTaken(connection);
			try (PreparedStatement late = connection.prepareStatement("select 2")) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(late::executeQuery);
			}
			assertThatExceptionOfType(RolledBackCommitException.class).isThrownBy(connection::commit)
				.withMessage(message("shop", TAKEN));
		}
	}

	@Test
	void batchThatFailedIsNamedAsAWhole() throws SQLException {
		try (Connection connection = library.bean("shop.dataSource", DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			try (Statement batch = connection.createStatement()) {
				batch.addBatch(FREE);
				batch.addBatch(TAKEN);
				assertThatExceptionOfType(SQLException.class).isThrownBy(batch::executeBatch);
			}
			assertThatExceptionOfType(RolledBackCommitException.class).isThrownBy(connection::commit)
				.satisfies((failure) -> assertThat(failure.getStatement()).isEqualTo(FREE + "; " + TAKEN));
		}
	}

	@Test
	void statementThatFailsAfterOthersSucceededIsNamed() throws SQLException {
		try (Connection connection = library.bean("shop.dataSource", DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			Savepoint savepoint = connection.setSavepoint();
			executeTaken(connection);
			connection.rollback(savepoint);
			String later = "insert into book (id, title) values (1, 'Later')";
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate(FREE);
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.executeUpdate(later));
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.executeQuery("select 2"));
			}
			assertThatExceptionOfType(RolledBackCommitException.class).isThrownBy(connection::commit)
				.satisfies((failure) -> assertThat(failure.getStatement()).isEqualTo(later));
		}
	}

	@Test
	void transactionThatWentBackToASavepointCommits() throws SQLException {
		try (Connection connection = library.bean("shop.dataSource", DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			Savepoint savepoint = connection.setSavepoint();
			executeTaken(connection);
			connection.rollback(savepoint);
			try (Statement statement = connection.createStatement()) {
				statement.executeUpdate(FREE);
			}
			connection.commit();
		}
		assertThat(client("shop").sql("delete from book where id = 2").update()).isOne();
	}

	@Test
	void readOnlyTransactionIsRefusedToo() {
		TransactionTemplate reading = transaction("shop");
		reading.setReadOnly(true);
		assertThatExceptionOfType(TransactionRolledBackException.class)
			.isThrownBy(() -> reading.executeWithoutResult((status) -> {
				try {
					client("shop").sql("select 1 / 0").query().listOfRows();
				}
				catch (RuntimeException ex) {
					assertThat(DatabaseErrors.is(ex, Kind.OTHER)).isTrue();
				}
			}))
			.satisfies((failure) -> assertThat(failure.getError().node()).isEqualTo("shop.east"))
			.satisfies((failure) -> assertThat(failure.getError().sqlState()).isEqualTo("22012"));
	}

	private void insertTaken(String database) {
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> client(database).sql(TAKEN).update());
	}

	private static void executeTaken(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(TAKEN)) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(statement::executeUpdate);
		}
	}

	private static String message(String database, String statement) {
		return ("The transaction on node '%s.main' was rolled back and not committed: a statement of it had failed "
				+ "with SQLSTATE 23505, constraint book_pkey (%s); don't catch that failure inside the transaction, "
				+ "or put what may fail behind a savepoint, or into a transaction of its own (Propagation.REQUIRES_NEW)")
			.formatted(database, statement);
	}

	private static void assertError(Throwable failure, String database) {
		DatabaseError error = DatabaseErrors.of(failure).orElseThrow();
		assertThat(error.kind()).isEqualTo(Kind.ROLLED_BACK);
		assertThat(error.database()).isEqualTo(database);
		assertThat(error.node()).isEqualTo(database + ".main");
		assertThat(error.constraint()).isEqualTo("book_pkey");
		assertThat(error.sqlState()).isEqualTo("23505");
	}

	private void registerHook() {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				TransactionRolledBackTests.this.hooks.add("committed");
			}

			@Override
			public void afterCompletion(int status) {
				TransactionRolledBackTests.this.hooks.add("completed " + status);
			}

		});
	}

	private static TransactionTemplate transaction(String database) {
		return new TransactionTemplate(
				library.bean(database + ".transactionManager", PlatformTransactionManager.class));
	}

	private static JdbcClient client(String database) {
		return library.bean(database + ".jdbcClient", JdbcClient.class);
	}

}
