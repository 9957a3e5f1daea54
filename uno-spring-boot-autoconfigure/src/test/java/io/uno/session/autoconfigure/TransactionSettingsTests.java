package io.uno.session.autoconfigure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.dialect.ContextSetting;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.routing.ContextResolver;
import io.uno.routing.ContextSwitchException;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.RoleNotPermittedException;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.TransactionContext;
import io.uno.session.ConnectionTemplate;
import io.uno.session.SessionTemplate;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests what the server is told of a transaction, by whom, and in how many round trips,
 * on a pool of one connection.
 */
@SpringBootTest(classes = TransactionSettingsTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "uno.default-database=atlas", "uno.roles=reader,auditor",
				"uno.databases.atlas.hikari.maximum-pool-size=1", "logging.level.root=warn",
				"uno.databases.atlas.hikari.connection-timeout=2000",
				"uno.databases.atlas.hikari.data-source-properties.socketFactory=io.uno.session.autoconfigure.CountedSockets",
				"spring.flyway.enabled=false" })
@EmbeddedPostgres
@Tag("postgres")
class TransactionSettingsTests {

	private static final String STATE = """
			select concat_ws('/', current_user, nullif(current_setting('uno.tenant', true), ''),
				nullif(current_setting('uno.user', true), ''), nullif(current_setting('uno.request', true), ''))
			""";

	private static final String SETTINGS = """
			select concat_ws('/', current_setting('transaction_isolation'),
				current_setting('default_transaction_isolation'), current_setting('statement_timeout'))
			""";

	private static final String NOTHING = "read committed/read committed/0";

	private static final ThreadLocal<@Nullable TransactionContext> resolved = new ThreadLocal<>();

	private static final List<String> asked = new ArrayList<>();

	private final SessionTemplate sessions;

	private final ConnectionTemplate connections;

	private final JdbcTemplate jdbc;

	private final DataSource dataSource;

	private final DatabaseClaims claims;

	private final RoutingTemplate routing;

	private final PlatformTransactionManager transactionManager;

	private final HikariDataSource pool;

	private final String owner;

	@Autowired
	TransactionSettingsTests(SessionTemplate sessions, ConnectionTemplate connections, JdbcTemplate jdbc,
			DataSource dataSource, DatabaseClaims claims, RoutingTemplate routing,
			PlatformTransactionManager transactionManager, @Qualifier("atlas.main") HikariDataSource pool,
			PostgresCluster atlas) {
		this.sessions = sessions;
		this.connections = connections;
		this.jdbc = jdbc;
		this.dataSource = dataSource;
		this.claims = claims;
		this.routing = routing;
		this.transactionManager = transactionManager;
		this.pool = pool;
		this.owner = atlas.username();
	}

	@BeforeAll
	static void createTables(@Autowired PostgresCluster atlas) {
		JdbcTemplate jdbc = new JdbcTemplate(atlas.primary().dataSource());
		jdbc.execute("create table note (id bigint primary key, text text unique deferrable initially deferred)");
		jdbc.execute("grant select, insert, delete on note to reader");
	}

	@AfterEach
	void nothingIsLeft() {
		resolved.remove();
		assertThat(state()).isEqualTo(this.owner);
		assertThat(settings()).isEqualTo(NOTHING);
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		this.jdbc.update("delete from note");
	}

	@Test
	void isolationIsThatOfTheTransactionAndNeverOfTheSession() {
		for (int level : List.of(TransactionDefinition.ISOLATION_REPEATABLE_READ,
				TransactionDefinition.ISOLATION_SERIALIZABLE, TransactionDefinition.ISOLATION_READ_UNCOMMITTED)) {
			TransactionTemplate transaction = transaction();
			transaction.setIsolationLevel(level);
			String settings = Objects.requireNonNull(transaction.execute((status) -> settings()));
			assertThat(settings).isEqualTo(name(level) + "/read committed/0");
			assertThat(settings()).isEqualTo(NOTHING);
		}
	}

	private static String name(int level) {
		return switch (level) {
			case TransactionDefinition.ISOLATION_REPEATABLE_READ -> "repeatable read";
			case TransactionDefinition.ISOLATION_SERIALIZABLE -> "serializable";
			default -> "read uncommitted";
		};
	}

	@Test
	void timeoutIsThatOfTheServerTooAndEndsWithTheTransaction() {
		TransactionTemplate transaction = transaction();
		transaction.setTimeout(30);
		String timeout = transaction
			.execute((status) -> this.jdbc.queryForObject("select current_setting('statement_timeout')", String.class));
		assertThat(timeout).matches("29\\d\\d\\dms|30s");
		assertThat(settings()).isEqualTo(NOTHING);
	}

	@Test
	void everythingIsToldInOneRoundTrip() {
		TransactionTemplate transaction = transaction();
		int plain = sent(() -> transaction.executeWithoutResult((status) -> state()));
		assertThat(plain).isEqualTo(2);
		transaction.setTimeout(30);
		transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		TransactionContext context = TransactionContext.none()
			.withRole("reader")
			.withTenant(7)
			.withUser("ann")
			.withRequest("r-1")
			.with(ContextSetting.NAME, "report");
		int told = sent(() -> transaction.executeWithoutResult((status) -> {
			this.claims.act(context);
			assertThat(state()).isEqualTo("reader/7/ann/r-1");
		}));
		assertThat(told).isEqualTo(plain + 1);
	}

	private int sent(Runnable work) {
		state();
		int before = CountedSockets.sent();
		work.run();
		return CountedSockets.sent() - before;
	}

	@Test
	void nameOfTheWorkIsTheApplicationsInTheStatisticsOfTheServer() {
		String name = "select application_name from pg_stat_activity where pid = pg_backend_pid()";
		String before = this.jdbc.queryForObject(name, String.class);
		transaction().executeWithoutResult((status) -> {
			this.claims.act(TransactionContext.none().with(ContextSetting.NAME, "nightly report"));
			assertThat(this.jdbc.queryForObject(name, String.class)).isEqualTo("nightly report");
		});
		SessionTemplate named = this.sessions.named("monthly report");
		assertThat(named.<@Nullable String, RuntimeException>read(
				(session) -> session.createNativeQuery(name, String.class).getSingleResult()))
			.isEqualTo("monthly report");
		assertThat(this.jdbc.queryForObject(name, String.class)).isEqualTo(before);
	}

	@Test
	void everyPathHasTheContextOfTheScope() {
		JdbcClient client = JdbcClient.create(this.jdbc);
		reader().run(() -> {
			assertThat(state()).isEqualTo("reader/7");
			assertThat(client.sql(STATE).query(String.class).single()).isEqualTo("reader/7");
			assertThat(this.sessions.<String, RuntimeException>read(TransactionSettingsTests::state))
				.isEqualTo("reader/7");
			assertThat(this.sessions.asUser("ann").<String, RuntimeException>write(TransactionSettingsTests::state))
				.isEqualTo("reader/7/ann");
			assertThat(this.connections.<String>execute(TransactionSettingsTests::state)).isEqualTo("reader/7");
			assertThat(this.sessions.async().<String>read(TransactionSettingsTests::state).join())
				.isEqualTo("reader/7");
			TransactionTemplate readOnly = transaction();
			readOnly.setReadOnly(true);
			assertThat(readOnly.<String>execute((status) -> state())).isEqualTo("reader/7");
		});
	}

	@Test
	void innerScopeEndsWithItsCallHoweverThatEnds() {
		RoutingTemplate auditor = this.routing.acting(TransactionContext.none().withRole("auditor"));
		reader().run(() -> {
			auditor.run(() -> assertThat(state()).isEqualTo("auditor/7"));
			assertThat(state()).isEqualTo("reader/7");
			assertThatIllegalStateException().isThrownBy(() -> auditor.run(() -> {
				throw new IllegalStateException("of the caller");
			}));
			assertThat(state()).isEqualTo("reader/7");
		});
	}

	@Test
	void scopeThatJoinsATransactionCannotTakeAnotherRole() {
		reader().run(() -> transaction().executeWithoutResult((status) -> {
			assertThatExceptionOfType(ContextSwitchException.class)
				.isThrownBy(() -> this.routing.acting(TransactionContext.none().withRole("auditor")).run(this::state));
			reader().run(() -> assertThat(state()).isEqualTo("reader/7"));
		}));
	}

	@Test
	void roleOfAScopeThatIsNotPermittedIsRefused() {
		RoutingTemplate owner = this.routing.acting(TransactionContext.none().withRole(this.owner));
		assertThatExceptionOfType(RoleNotPermittedException.class).isThrownBy(() -> owner.run(this::state));
		assertThatExceptionOfType(RoleNotPermittedException.class)
			.isThrownBy(() -> owner.run(() -> transaction().executeWithoutResult((status) -> state())));
	}

	@Test
	void singleStatementIsPutIntoATransactionOfItsOwn() {
		reader().run(() -> {
			this.jdbc.update("insert into note (id, text) values (1, ?)", "one");
			this.jdbc.batchUpdate("insert into note (id, text) values (?, ?)",
					List.of(new Object[] { 2, "two" }, new Object[] { 3, "three" }));
			assertThat(this.jdbc.queryForObject("select count(*) from note", Integer.class)).isEqualTo(3);
			JdbcTemplate few = new JdbcTemplate(this.dataSource);
			few.setFetchSize(1);
			assertThat(few.queryForList("select id from note order by id", Long.class)).containsExactly(1L, 2L, 3L);
		});
		assertThat(this.jdbc.queryForObject("select count(*) from note", Integer.class)).isEqualTo(3);
	}

	@Test
	void failureOfASingleStatementAndOfItsCommitAreTheCallers() {
		reader().run(() -> {
			this.jdbc.update("insert into note (id, text) values (1, 'one')");
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> this.jdbc.update("insert into note (id, text) values (1, 'two')"));
			// only the commit notices
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> this.jdbc.update("insert into note (id, text) values (2, 'one')"));
			assertThat(state()).isEqualTo("reader/7");
		});
		assertThat(this.jdbc.queryForObject("select count(*) from note", Integer.class)).isOne();
	}

	@Test
	void statementThatWasPreparedBeforeHasTheContextOfEachTransaction() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement prepared = connection.prepareStatement(STATE)) {
			assertThat(text(prepared)).isEqualTo(this.owner);
			reader().run(() -> assertThat(text(prepared)).isEqualTo("reader/7"));
			assertThat(text(prepared)).isEqualTo(this.owner);
			connection.setAutoCommit(false);
			reader().run(() -> {
				assertThat(text(prepared)).isEqualTo("reader/7");
				connection.commit();
				assertThat(text(prepared)).isEqualTo("reader/7");
				connection.rollback();
			});
			assertThat(text(prepared)).isEqualTo(this.owner);
			assertThat(prepared.getConnection()).isSameAs(connection);
		}
	}

	@Test
	void statementThatWasPreparedBeforeIsIsolatedInEachTransaction() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			try (PreparedStatement prepared = connection.prepareStatement(SETTINGS)) {
				assertThat(text(prepared)).isEqualTo("serializable/read committed/0");
				connection.setAutoCommit(false);
				for (int i = 0; i < 8; i++) {
					assertThat(text(prepared)).isEqualTo("serializable/read committed/0");
					connection.commit();
				}
				connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
				assertThat(text(prepared)).isEqualTo(NOTHING);
			}
		}
	}

	@Test
	void isolationDoesNotChangeAfterTheFirstStatement() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			try (PreparedStatement prepared = connection.prepareStatement(SETTINGS)) {
				connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
				assertThat(text(prepared)).startsWith("repeatable read/");
				assertThatExceptionOfType(SQLException.class)
					.isThrownBy(() -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))
					.withMessage("The isolation of a transaction on atlas.main can't change after its first "
							+ "statement; set it before")
					.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("25001"));
			}
		}
	}

	@Test
	void nobodyActsThroughTheDriverInAutocommitMode() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			reader().run(() -> assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> connection.unwrap(PGConnection.class))
				.withMessageContaining("in autocommit mode can't act on behalf of the running transaction"));
			assertThat(connection.unwrap(PGConnection.class)).isNotNull();
		}
	}

	@Test
	void resolversAreAskedOnceForEachTransactionAndTheFirstOneWins() {
		resolved.set(TransactionContext.none().withTenant(8).withUser("bob"));
		asked.clear();
		transaction().executeWithoutResult((status) -> {
			assertThat(state()).isEqualTo(this.owner + "/8/first");
			assertThat(state()).isEqualTo(this.owner + "/8/first");
		});
		assertThat(asked).containsExactly("first", "second");
		reader().run(() -> transaction().executeWithoutResult((status) -> {
			this.claims.act(TransactionContext.none().withUser("carl"));
			assertThat(state()).isEqualTo("reader/7/carl");
		}));
		assertThat(asked).hasSize(4);
	}

	@Test
	void answerOfTheResolversFollowsToAnotherThread() {
		resolved.set(TransactionContext.none().withTenant(8));
		assertThat(this.sessions.async().<String>read(TransactionSettingsTests::state).join())
			.isEqualTo(this.owner + "/8/first");
		CompletableFuture<String> later = this.sessions.asRole("reader")
			.read((session) -> this.sessions.async().read(TransactionSettingsTests::state));
		assertThat(later.join()).isEqualTo("reader/8/first");
	}

	private RoutingTemplate reader() {
		return this.routing.acting(TransactionContext.none().withRole("reader").withTenant(7));
	}

	private static String state(Session session) {
		return session.createNativeQuery(STATE, String.class).getSingleResult();
	}

	private static String state(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(STATE)) {
			row.next();
			return row.getString(1);
		}
	}

	private static String text(PreparedStatement prepared) throws SQLException {
		try (ResultSet row = prepared.executeQuery()) {
			row.next();
			return row.getString(1);
		}
	}

	private String state() {
		return Objects.requireNonNull(this.jdbc.queryForObject(STATE, String.class));
	}

	private String settings() {
		return Objects.requireNonNull(this.jdbc.queryForObject(SETTINGS, String.class));
	}

	private TransactionTemplate transaction() {
		return new TransactionTemplate(this.transactionManager);
	}

	@Configuration(proxyBeanMethods = false)
	@Import(SessionApplication.class)
	static class Application {

		@Bean
		@Order(1)
		ContextResolver first() {
			return () -> {
				asked.add("first");
				return (resolved.get() != null) ? TransactionContext.none().withUser("first") : null;
			};
		}

		@Bean
		@Order(2)
		ContextResolver second() {
			return () -> {
				asked.add("second");
				return resolved.get();
			};
		}

	}

}
