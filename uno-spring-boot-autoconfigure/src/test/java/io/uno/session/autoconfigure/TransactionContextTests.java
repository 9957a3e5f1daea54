package io.uno.session.autoconfigure;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.dialect.ContextSetting;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.routing.ContextSwitchException;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.RoleNotPermittedException;
import io.uno.routing.TransactionContext;
import io.uno.session.ConnectionTemplate;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests what the server knows of role, tenant and user, on a pool of one connection.
 */
@SpringBootTest(classes = SessionApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = { "uno.default-database=atlas", "uno.roles=reader", "uno.databases.atlas.roles=auditor",
				"uno.databases.atlas.hikari.maximum-pool-size=1", "logging.level.root=warn",
				"uno.databases.atlas.hikari.connection-timeout=2000",
				"uno.databases.journal.hikari.maximum-pool-size=2", "spring.flyway.enabled=false" })
@EmbeddedPostgres
class TransactionContextTests {

	private static final String STATE = """
			select concat_ws('/', current_user, nullif(current_setting('uno.tenant', true), ''),
				nullif(current_setting('uno.user', true), ''))
			""";

	private final SessionTemplate sessions;

	private final ConnectionTemplate connections;

	private final JdbcTemplate jdbc;

	private final DataSource dataSource;

	private final DatabaseClaims claims;

	private final EntityManagerFactory entityManagerFactory;

	private final PlatformTransactionManager transactionManager;

	private final HikariDataSource pool;

	private final String owner;

	@Autowired
	TransactionContextTests(SessionTemplate sessions, ConnectionTemplate connections, JdbcTemplate jdbc,
			DataSource dataSource, DatabaseClaims claims, EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, @Qualifier("atlas.main") HikariDataSource pool,
			PostgresCluster atlas) {
		this.sessions = sessions;
		this.connections = connections;
		this.jdbc = jdbc;
		this.dataSource = dataSource;
		this.claims = claims;
		this.entityManagerFactory = entityManagerFactory;
		this.transactionManager = transactionManager;
		this.pool = pool;
		this.owner = atlas.username();
	}

	@BeforeAll
	static void createTables(@Autowired PostgresCluster atlas) {
		JdbcTemplate jdbc = new JdbcTemplate(atlas.primary().dataSource());
		jdbc.execute("create table note (id bigint primary key, text text)");
		jdbc.execute("grant select, insert, delete on note to reader");
		jdbc.execute("alter table note enable row level security");
		jdbc.execute("create policy tenant on note using (text = current_setting('uno.tenant', true))");
	}

	@BeforeEach
	void createNotes() {
		this.jdbc.update("delete from note");
		this.jdbc.update("insert into note (id, text) values (1, '7'), (2, '8'), (3, '7')");
	}

	@AfterEach
	void nothingIsLeft() {
		assertThat(state()).isEqualTo(this.owner);
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void serverKnowsRoleTenantAndUserOfASession() {
		SessionTemplate refined = this.sessions.asRole("reader").asTenant(7).asUser("ann");
		assertThat(refined.<String, RuntimeException>read(TransactionContextTests::state)).isEqualTo("reader/7/ann");
		assertThat(refined.<String, RuntimeException>write(TransactionContextTests::state)).isEqualTo("reader/7/ann");
		assertThat(this.sessions.<String, RuntimeException>read(TransactionContextTests::state)).isEqualTo(this.owner);
	}

	@Test
	void jdbcAndConnectionsShareTheContextOfTheTransaction() {
		this.sessions.asRole("auditor").asTenant("8").writeWithoutResult((session) -> {
			assertThat(state()).isEqualTo("auditor/8");
			assertThat(this.connections.<String>execute(TransactionContextTests::state)).isEqualTo("auditor/8");
			assertThat(state(session)).isEqualTo("auditor/8");
		});
		this.connections.asRole("reader").asUser("bob").execute((connection) -> {
			assertThat(state()).isEqualTo("reader/bob");
			assertThat(this.sessions.<String, RuntimeException>read(TransactionContextTests::state))
				.isEqualTo("reader/bob");
			return null;
		});
	}

	@Test
	void copyIsTheFirstStatementAndHasTheContext() {
		String copied = this.connections.asRole("reader").asTenant(7).execute((connection) -> {
			StringWriter target = new StringWriter();
			copyOut(connection, "copy (%s) to stdout".formatted(STATE), target);
			copyOut(connection, "copy (select id from note order by id) to stdout", target);
			return target.toString();
		});
		assertThat(copied).isEqualTo("reader/7\n1\n3\n");
	}

	@Test
	void policyGivesEachTenantItsRowsAndNobodyElseAny() {
		SessionTemplate readers = this.sessions.asRole("reader");
		assertThat(ids(readers.asTenant(7))).containsExactly(1L, 3L);
		assertThat(ids(readers.asTenant("8"))).containsExactly(2L);
		assertThat(ids(readers)).isEmpty();
		assertThat(ids(this.sessions)).containsExactly(1L, 2L, 3L);
	}

	@Test
	void flushAtTheCommitHasTheContext() {
		this.sessions.asRole("reader").asTenant(9).writeWithoutResult((session) -> session.persist(new Note(4, "9")));
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.sessions.asRole("reader")
				.asTenant(9)
				.writeWithoutResult((session) -> session.persist(new Note(5, "10"))))
			.withMessageContaining("row-level security policy");
		assertThat(ids(this.sessions.asRole("reader").asTenant(9))).containsExactly(4L);
	}

	@Test
	void nothingIsLeftOnTheConnectionWhateverHappens() {
		Random random = new Random(42);
		for (int i = 0; i < 200; i++) {
			String role = (i % 2 == 0) ? "reader" : "auditor";
			int tenant = random.nextInt(3);
			attempt(role, tenant, random.nextInt(5));
			assertThat(state()).isEqualTo(this.owner);
			assertThat(this.sessions.<String, RuntimeException>read(TransactionContextTests::state))
				.isEqualTo(this.owner);
		}
	}

	private void attempt(String role, int tenant, int failure) {
		SessionTemplate refined = this.sessions.asRole(role).asTenant(tenant);
		try {
			refined.writeWithoutResult((session) -> {
				assertThat(state(session)).isEqualTo(role + "/" + tenant);
				switch (failure) {
					case 0 -> throw new IllegalArgumentException("of the caller");
					case 1 -> this.jdbc.execute("select no_such_function()");
					case 2 -> session.createNativeMutationQuery("drop table note").executeUpdate();
					case 3 -> this.connections.execute((connection) -> {
						connection.rollback();
						return null;
					});
					default -> session.persist(new Note(100 + tenant, "x"));
				}
				assertThat(state(session)).isEqualTo(role + "/" + tenant);
			});
			assertThat(failure).isEqualTo(3);
		}
		catch (IllegalArgumentException | DataAccessException | HibernateException ex) {
			assertThat(failure).isNotEqualTo(3);
		}
	}

	@Test
	void rollbackToASavepointKeepsTheContext() {
		this.connections.asRole("reader").asTenant(7).execute((connection) -> {
			Savepoint savepoint = connection.setSavepoint();
			assertThat(state(connection)).isEqualTo("reader/7");
			connection.rollback(savepoint);
			assertThat(state(connection)).isEqualTo("reader/7");
			return null;
		});
	}

	@Test
	void nextTransactionOnTheSameConnectionHasTheContextToo() {
		this.connections.asRole("reader").asTenant(7).execute((connection) -> {
			try (PreparedStatement prepared = connection.prepareStatement(STATE)) {
				prepared.executeQuery();
				connection.commit();
				assertThatExceptionOfType(SQLException.class).isThrownBy(prepared::executeQuery)
					.withMessageContaining("closed");
				assertThat(state(connection)).isEqualTo("reader/7");
			}
			return null;
		});
	}

	@Test
	void preparedStatementDoesNotOutliveTheRoleWhenAutocommitIsSwitchedOn() {
		this.connections.asRole("reader").execute((connection) -> {
			try (PreparedStatement prepared = connection.prepareStatement(STATE)) {
				connection.setAutoCommit(true);
				assertThatExceptionOfType(SQLException.class).isThrownBy(prepared::executeQuery)
					.withMessageContaining("closed");
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> state(connection))
					.withMessageContaining("autocommit mode");
			}
			finally {
				connection.setAutoCommit(false);
			}
			return null;
		});
	}

	@Test
	void nothingIsSentWhenNothingIsSet() {
		assertThat(this.connections.<TransactionState>execute(TransactionContextTests::transactionState))
			.isEqualTo(TransactionState.IDLE);
		assertThat(this.connections.asTenant(7).<TransactionState>execute(TransactionContextTests::transactionState))
			.isEqualTo(TransactionState.OPEN);
	}

	@Test
	void connectionInAutocommitModeIsRefused() throws SQLException {
		this.sessions.on("journal").asRole("reader").<SQLException>readWithoutResult((session) -> {
			assertThat(state(session)).isEqualTo("reader");
			try (Connection second = this.dataSource.getConnection()) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(second::createStatement)
					.withMessage("A connection to journal.main in autocommit mode can't act on behalf of the running "
							+ "transaction (TransactionContext{ROLE=reader}); take the transaction's own one "
							+ "(DataSourceUtils.getConnection)");
			}
		});
	}

	@Test
	void secondConnectionOfATransactionHasTheContext() throws SQLException {
		this.sessions.on("journal").asRole("reader").asTenant(7).<SQLException>readWithoutResult((session) -> {
			try (Connection second = this.dataSource.getConnection()) {
				second.setAutoCommit(false);
				assertThat(state(second)).isEqualTo("reader/7");
				second.rollback();
			}
		});
	}

	@Test
	void openedConnectionActsAsItsTemplateSaysInEachOfItsTransactions() throws SQLException {
		try (Connection connection = this.connections.asRole("reader").asTenant(7).open()) {
			assertThat(state(connection)).isEqualTo("reader/7");
			connection.commit();
			assertThat(state(connection)).isEqualTo("reader/7");
			connection.rollback();
			connection.setAutoCommit(true);
			assertThat(state(connection)).isEqualTo("reader/7");
		}
	}

	@Test
	void openedConnectionIsNoPartOfTransactionsThatBeginLater() throws SQLException {
		try (Connection connection = this.connections.on("journal").asRole("reader").asTenant(7).open()) {
			this.sessions.asRole("auditor").asTenant(8).<SQLException>readWithoutResult((session) -> {
				assertThat(state(connection)).isEqualTo("reader/7");
				assertThat(state(session)).isEqualTo("auditor/8");
				execute(connection, "create temporary table kept (id int)");
			});
			execute(connection, "insert into kept values (1)");
			connection.commit();
			assertThat(connection.isReadOnly()).isFalse();
			execute(connection, "drop table kept");
			connection.commit();
		}
	}

	@Test
	void openedConnectionRollsBackAndGoesBackAsItWas() throws SQLException {
		try (Connection connection = this.connections.asRole("reader").asTenant(7).open()) {
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
			execute(connection, "insert into note (id, text) values (4, '7')");
			execute(connection, "set local lock_timeout = '1s'");
		}
		assertThat(ids(this.sessions)).containsExactly(1L, 2L, 3L);
		assertThat(this.jdbc.queryForObject("show transaction_isolation", String.class)).isEqualTo("read committed");
		assertThat(this.jdbc.queryForObject("show lock_timeout", String.class)).isEqualTo("0");
	}

	@Test
	void connectionOpenedInsideATransactionHasItsContext() throws SQLException {
		this.sessions.asRole("reader").asTenant(7).<SQLException>readWithoutResult((session) -> {
			try (Connection connection = this.connections.open()) {
				assertThat(state(connection)).isEqualTo("reader/7");
			}
			assertThatExceptionOfType(ContextSwitchException.class)
				.isThrownBy(() -> this.connections.asRole("auditor").open());
			assertThat(state(session)).isEqualTo("reader/7");
		});
	}

	@Test
	void roleThatIsNotPermittedIsRefused() {
		assertThatExceptionOfType(RoleNotPermittedException.class)
			.isThrownBy(() -> this.sessions.on("journal").asRole("auditor").read((session) -> "unreachable"))
			.withMessage("A transaction on database 'journal' can't act as role 'auditor'; permitted: reader. "
					+ "Roles are permitted by 'uno.roles' and 'uno.databases.<name>.roles'")
			.satisfies((ex) -> {
				assertThat(ex.getRole()).isEqualTo("auditor");
				assertThat(ex.getDatabase()).isEqualTo("journal");
				assertThat(ex.getPermitted()).containsExactly("reader");
			});
	}

	@Test
	void roleThatIsNotPermittedIsRefusedAtTheFirstStatementWhereTheDatabaseIsNotKnownBefore() {
		assertThatExceptionOfType(RoleNotPermittedException.class)
			.isThrownBy(() -> this.sessions.asRole(this.owner).read(TransactionContextTests::state))
			.withMessageStartingWith(
					"A transaction on database 'atlas' can't act as role '%s'; permitted: reader, auditor."
						.formatted(this.owner));
		assertThatExceptionOfType(RoleNotPermittedException.class)
			.isThrownBy(() -> this.connections.asRole("none").execute(TransactionContextTests::state));
		assertThatExceptionOfType(RoleNotPermittedException.class)
			.isThrownBy(() -> this.sessions.asRole("auditor").readWithoutResult((session) -> {
				this.claims.claim("journal", DatabaseReason.SCOPE);
				state(session);
			}));
	}

	@Test
	void valuesAreNoPartOfAStatement() {
		String quoted = "7', true), set_config('role', 'none";
		assertThat(this.sessions.asRole("reader")
			.asTenant(quoted)
			.<String, RuntimeException>read(TransactionContextTests::state)).isEqualTo("reader/" + quoted);
	}

	@Test
	void emptyTenantIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.sessions.asTenant(""))
			.withMessage("A transaction can't act with an empty tenant");
	}

	@Test
	void joiningWorkTakesOverTheContext() {
		this.sessions.asRole("reader").asTenant(7).readWithoutResult((session) -> {
			assertThat(this.sessions.<String, RuntimeException>read(TransactionContextTests::state))
				.isEqualTo("reader/7");
			assertThat(this.sessions.asRole("reader").<String, RuntimeException>read(TransactionContextTests::state))
				.isEqualTo("reader/7");
			assertThat(this.connections.asTenant("7").<String>execute(TransactionContextTests::state))
				.isEqualTo("reader/7");
			assertThat(this.claims.currentContext()).isEqualTo(
					TransactionContext.none().with(ContextSetting.ROLE, "reader").with(ContextSetting.TENANT, "7"));
		});
		assertThat(this.claims.currentContext().isEmpty()).isTrue();
	}

	@Test
	void joiningWorkCannotTakeAnotherRole() {
		transaction(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((status) -> {
			this.claims.act(TransactionContext.none().with(ContextSetting.ROLE, "reader"));
			assertThatExceptionOfType(ContextSwitchException.class)
				.isThrownBy(() -> this.connections.asRole("auditor").execute(TransactionContextTests::state))
				.withMessage("The running transaction has role 'reader' and can't take role 'auditor'; start another "
						+ "one for it (Propagation.REQUIRES_NEW)")
				.satisfies((ex) -> {
					assertThat(ex.getSetting()).isEqualTo(ContextSetting.ROLE);
					assertThat(ex.getCurrent()).isEqualTo("reader");
					assertThat(ex.getRequested()).isEqualTo("auditor");
				});
			status.setRollbackOnly();
		});
	}

	@Test
	void workThatJoinsATransactionOfNobodyInParticularCannotActForSomeone() {
		transaction(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((status) -> {
			assertThatExceptionOfType(ContextSwitchException.class)
				.isThrownBy(() -> this.sessions.asTenant(7).read(TransactionContextTests::state))
				.withMessage(
						"The running transaction has no tenant and can't take tenant '7'; start another one for it "
								+ "(Propagation.REQUIRES_NEW)");
			status.setRollbackOnly();
		});
	}

	@Test
	void suspendedTransactionHasItsContextAgain() {
		this.sessions.on("journal").asRole("reader").asTenant(7).readWithoutResult((session) -> {
			assertThat(state(session)).isEqualTo("reader/7");
			transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult((status) -> {
				this.claims.claim("journal", DatabaseReason.SCOPE);
				assertThat(this.claims.currentContext().isEmpty()).isTrue();
				assertThat(state()).isNotEqualTo("reader/7").doesNotContain("/");
			});
			assertThat(state(session)).isEqualTo("reader/7");
		});
	}

	@Test
	void sessionHeldOpenBeyondItsTransactionsHasTheContextOfEach() {
		try (EntityManager entityManager = this.entityManagerFactory.createEntityManager()) {
			TransactionSynchronizationManager.bindResource(this.entityManagerFactory,
					new EntityManagerHolder(entityManager));
			assertThat(this.sessions.asRole("reader").<String, RuntimeException>read(TransactionContextTests::state))
				.isEqualTo("reader");
			assertThat(this.sessions.<String, RuntimeException>read(TransactionContextTests::state))
				.isEqualTo(this.owner);
			assertThat(this.sessions.asRole("auditor")
				.asTenant(1)
				.<String, RuntimeException>write(TransactionContextTests::state)).isEqualTo("auditor/1");
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.entityManagerFactory);
		}
	}

	@Test
	void sessionHeldOpenBeyondItsTransactionsShowsNoTenantTheEntitiesOfAnother() {
		try (EntityManager entityManager = this.entityManagerFactory.createEntityManager()) {
			TransactionSynchronizationManager.bindResource(this.entityManagerFactory,
					new EntityManagerHolder(entityManager));
			SessionTemplate reader = this.sessions.asRole("reader");
			assertThat(reader.asTenant(7)
				.<@Nullable Note, RuntimeException>read((session) -> session.find(Note.class, 1L))).isNotNull();
			assertThat(reader.asTenant(8)
				.<@Nullable Note, RuntimeException>read((session) -> session.find(Note.class, 1L))).isNull();
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.entityManagerFactory);
		}
	}

	@Test
	void contextThatComesAfterTheFirstStatementIsRefused() {
		TransactionContext context = TransactionContext.none().with(ContextSetting.TENANT, "7");
		transaction(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((status) -> {
			state();
			assertThatIllegalStateException().isThrownBy(() -> this.claims.act(context))
				.withMessage("The running transaction has sent statements already and can't begin to act on someone's "
						+ "behalf");
		});
		assertThatIllegalStateException().isThrownBy(() -> this.claims.act(context))
			.withMessage("No transaction is running that could act on someone's behalf; begin one first");
	}

	@Test
	void embeddedServerHasTheRolesAndTheUserCanActAsThem() {
		assertThat(this.jdbc.queryForList("""
				select rolname from pg_roles where rolname in ('reader', 'auditor') and not rolcanlogin
					and pg_has_role(current_user, oid, 'set') order by rolname
				""", String.class)).containsExactly("auditor", "reader");
	}

	private static List<Long> ids(SessionTemplate sessions) {
		return sessions.read((session) -> session.createSelectionQuery("select id from Note order by id", Long.class)
			.getResultList());
	}

	private static String state(Session session) {
		return session.createNativeQuery(STATE, String.class).getSingleResult();
	}

	private static String state(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); var row = statement.executeQuery(STATE)) {
			row.next();
			return row.getString(1);
		}
	}

	private String state() {
		return Objects.requireNonNull(this.jdbc.queryForObject(STATE, String.class));
	}

	private static TransactionState transactionState(Connection connection) throws SQLException {
		return connection.unwrap(BaseConnection.class).getTransactionState();
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static void copyOut(Connection connection, String statement, StringWriter target) throws SQLException {
		try {
			connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement, target);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TransactionTemplate transaction(int propagation) {
		TransactionTemplate transaction = new TransactionTemplate(this.transactionManager);
		transaction.setPropagationBehavior(propagation);
		return transaction;
	}

}
