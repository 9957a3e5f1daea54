package io.uno.routing.autoconfigure;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.bulk.BulkService;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.Databases;
import io.uno.datasource.UnknownDatabaseException;
import io.uno.embedded.PostgresNode;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.ReadOnlyRouteException;
import io.uno.routing.RouteConflictException;
import io.uno.routing.Route;
import io.uno.routing.RouteReason;
import io.uno.routing.RoutingDataSource;
import io.uno.routing.autoconfigure.atlas.Place;
import io.uno.routing.autoconfigure.atlas.PlaceRepository;
import io.uno.routing.autoconfigure.journal.Entry;
import io.uno.routing.autoconfigure.journal.EntryRepository;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.awaitility.Awaitility;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.PGConnection;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("postgres")
class RoutingTests {

	private static RoutedApplication application;

	private final RoutingDataSource dataSource = application.bean(RoutingDataSource.class);

	private final JdbcTemplate jdbc = application.bean(JdbcTemplate.class);

	private final SessionTemplate sessions = application.bean(SessionTemplate.class);

	private final DatabaseClaims claims = application.bean(DatabaseClaims.class);

	private final EntityManager entityManager = SharedEntityManagerCreator
		.createSharedEntityManager(application.bean(EntityManagerFactory.class));

	private final PlaceRepository places = application.bean(PlaceRepository.class);

	private final EntryRepository entries = application.bean(EntryRepository.class);

	private final int primary = application.atlas().primary().serverPort();

	private final int journal = application.journal().primary().serverPort();

	private final List<Integer> replicas = application.atlas()
		.replicas()
		.stream()
		.map(PostgresNode::serverPort)
		.toList();

	static RoutedApplication application() {
		return application;
	}

	@BeforeAll
	static void start(TestInfo test) {
		application = RoutedApplication.of(test, List.of());
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@AfterEach
	void everythingIsGivenBack() {
		for (String pool : List.of("atlas.main", "atlas.east", "atlas.west", "journal.main")) {
			HikariDataSource hikari = application.pool(pool);
			if (hikari.getHikariPoolMXBean() != null) {
				assertThat(hikari.getHikariPoolMXBean().getActiveConnections()).as(pool).isZero();
			}
		}
	}

	@Test
	void readOnlyTransactionsGoToTheReplicasInTurn() {
		// the writes of other tests may have reached one of them only
		await().untilAsserted(() -> {
			Set<Integer> answering = new HashSet<>();
			for (int i = 0; i < 2; i++) {
				answering.add(transaction(true).execute((status) -> port()));
			}
			assertThat(answering).containsExactlyInAnyOrderElementsOf(this.replicas);
		});
	}

	@Test
	void everythingElseGoesToThePrimary() {
		assertThat(transaction(false).<Integer>execute((status) -> port())).isEqualTo(this.primary);
		assertThat(port()).isEqualTo(this.primary);
		assertThat(this.sessions.<Integer, RuntimeException>write(RoutingTests::port)).isEqualTo(this.primary);
	}

	@Test
	void jpaAndJdbcShareTheRoute() {
		transaction(true).executeWithoutResult((status) -> {
			int first = port();
			assertThat(this.replicas).contains(first);
			assertThat(port(this.entityManager.unwrap(Session.class))).isEqualTo(first);
			assertThat(port()).isEqualTo(first);
			assertThat(this.claims.currentRoute().map(Route::reason)).contains(RouteReason.REPLICA_IN_TURN);
		});
		assertThat(this.claims.currentRoute()).isEmpty();
	}

	@Test
	void secondConnectionOfATransactionGoesTheSameWay() {
		transaction(true).executeWithoutResult((status) -> {
			int first = port();
			for (int i = 0; i < 3; i++) {
				assertThat(portOfOwnConnection()).isEqualTo(first);
			}
		});
	}

	@Test
	void readTemplateReadsFromAReplicaAndJoinsAWrite() {
		assertThat(this.replicas).contains(this.sessions.<Integer, RuntimeException>read(RoutingTests::port));
		int inside = this.sessions.<Integer, RuntimeException>write((outer) -> this.sessions.read(RoutingTests::port));
		assertThat(inside).isEqualTo(this.primary);
	}

	@Test
	void inheritedRepositoryMethodsReadFromAReplica() {
		Place bern = this.places.save(new Place("Bern"));
		application.atlas().replicas().forEach((replica) -> replica.awaitReplay());
		assertThat(this.places.findById(bern.getId())).isPresent();
		assertThat(this.dataSourceOfLastRead()).isIn(this.replicas);
	}

	private int dataSourceOfLastRead() {
		return transaction(true).execute((status) -> {
			this.places.count();
			return port();
		});
	}

	@Test
	void serializableReadsGoToThePrimaryAsAReplicaRefusesThem() {
		TransactionTemplate serializable = transaction(true);
		serializable.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		serializable.executeWithoutResult((status) -> {
			assertThat(port()).isEqualTo(this.primary);
			assertThat(this.jdbc.queryForObject("show transaction_isolation", String.class)).isEqualTo("serializable");
			assertThat(this.claims.currentRoute().map(Route::reason)).contains(RouteReason.SERIALIZABLE);
		});
		transaction(false).executeWithoutResult(
				(status) -> assertThat(this.jdbc.queryForObject("show transaction_isolation", String.class))
					.isEqualTo("read committed"));
	}

	@Test
	void writeAfterAReadInOneSessionGoesToThePrimary() {
		transaction(true).executeWithoutResult((status) -> assertThat(this.replicas).contains(portOfSession()));
		Place zug = transaction(false).execute((status) -> {
			Place place = new Place("Zug");
			this.entityManager.persist(place);
			return place;
		});
		assertThat(this.jdbc.queryForObject("select name from place where id = ?", String.class, zug.getId()))
			.isEqualTo("Zug");
	}

	@Test
	void readAfterAStatementOutsideOfTransactionsGoesToAReplica() {
		assertThat(portOfSession()).isEqualTo(this.primary);
		transaction(true).executeWithoutResult((status) -> assertThat(this.replicas).contains(portOfSession()));
		assertThat(portOfSession()).isEqualTo(this.primary);
	}

	@Test
	void writeInAReadOnlyTransactionIsRefused() {
		transaction(true).executeWithoutResult((status) -> {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.jdbc.update("insert into place (id, name) values (-1, 'nowhere')"))
				.havingRootCause()
				.withMessageContaining("read-only transaction");
			status.setRollbackOnly();
		});
	}

	@Test
	void writeTemplateRefusesToJoinAReadOnlyTransaction() {
		transaction(true).executeWithoutResult((status) -> assertThatExceptionOfType(ReadOnlyRouteException.class)
			.isThrownBy(() -> this.sessions.writeWithoutResult((session) -> session.persist(new Place("nowhere"))))
			.withMessage(
					"A write can't join the running transaction 'test', which is read-only; remove 'readOnly = true' from it, or give the write a transaction of its own (Propagation.REQUIRES_NEW)"));
	}

	@Test
	void repositoryWorksOnTheDatabaseThatClaimsItsPackage() {
		Entry entry = this.entries.save(new Entry("a line"));
		assertThat(journalLines()).contains("a line");
		assertThat(this.entries.findById(entry.getId())).isPresent();
		assertThat(this.entries.findByLine("a line")).hasSize(1);
	}

	@Test
	void claimedTransactionFlushesItsFirstStatementToTheClaimedDatabase() {
		this.sessions.on("journal").writeWithoutResult((session) -> session.persist(new Entry("at commit")));
		assertThat(journalLines()).contains("at commit");
	}

	@Test
	void bulkRowsGoToTheDatabaseThatClaimsTheirEntity() {
		BulkService bulk = application.bean(BulkService.class);
		bulk.insert(Entry.class).from(List.of(new Entry("in bulk")));
		assertThat(journalLines()).contains("in bulk");
		transaction(false).executeWithoutResult((status) -> {
			port();
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> bulk.insert(Entry.class).from(List.of(new Entry("refused"))));
			status.setRollbackOnly();
		});
		assertThat(journalLines()).doesNotContain("refused");
	}

	@Test
	void secondDatabaseInOneTransactionIsRefused() {
		transaction(false).executeWithoutResult((status) -> {
			port();
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> this.entries.count())
				.withMessage(
						"The running transaction works on database 'atlas' (node 'atlas.main') and can't work on 'journal' as well; "
								+ "give that a transaction of its own (Propagation.REQUIRES_NEW or a template of database 'journal'), "
								+ "or note it in 'atlas' and carry it over later (an outbox)");
			status.setRollbackOnly();
		});
		assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> this.sessions.on("journal")
			.writeWithoutResult((session) -> this.sessions.on("atlas").readWithoutResult((inner) -> port(inner))));
	}

	@Test
	void newTransactionMayWorkOnAnotherDatabase() {
		transaction(false).executeWithoutResult((status) -> {
			assertThat(port()).isEqualTo(this.primary);
			TransactionTemplate inner = transaction(false);
			inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			inner.executeWithoutResult((innerStatus) -> {
				this.claims.claim("journal", DatabaseReason.SCOPE);
				assertThat(port()).isEqualTo(this.journal);
			});
			assertThat(port()).isEqualTo(this.primary);
		});
	}

	@Test
	void unknownDatabaseIsRefusedWithTheKnownNames() {
		assertThatExceptionOfType(UnknownDatabaseException.class).isThrownBy(() -> this.sessions.on("jurnal"))
			.withMessage(
					"No database is called 'jurnal'; name one of atlas, journal, or declare 'uno.databases.jurnal.url'");
	}

	@Test
	void checkedExceptionRollsBackAndIsThrownAsItIs() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.sessions.writeWithoutResult((session) -> {
			session.persist(new Place("lost"));
			session.flush();
			throw new IOException("no more");
		})).withMessage("no more");
		assertThat(placesCalled("lost")).isZero();
	}

	@Test
	void callbackAfterCommitStillHasTheConnection() {
		List<Integer> ports = new ArrayList<>();
		transaction(true).executeWithoutResult((status) -> {
			ports.add(port());
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					ports.add(port());
				}

			});
		});
		assertThat(ports).hasSize(2).containsOnly(ports.get(0));
	}

	@Test
	void sessionOfASuspendedTransactionKeepsItsWork() {
		transaction(false).executeWithoutResult((status) -> {
			Session outer = EntityManagerFactoryUtils
				.getTransactionalEntityManager(application.bean(EntityManagerFactory.class))
				.unwrap(Session.class);
			outer.persist(new Place("kept"));
			outer.flush();
			TransactionTemplate inner = transaction(true);
			inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			inner.executeWithoutResult((innerStatus) -> {
				assertThat(port()).isEqualTo(this.primary);
				assertThat(port(outer)).isEqualTo(this.primary);
			});
			outer.persist(new Place("kept"));
		});
		assertThat(placesCalled("kept")).isEqualTo(2);
	}

	@Test
	void metadataIsAnsweredWithoutChoosingANode() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("PostgreSQL");
			assertThat(connection.getMetaData().getURL()).isEqualTo(application.atlas().primary().jdbcUrl());
			assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
			assertThat(connection).hasToString("Routed connection to no node yet");
			try (ResultSet tables = connection.getMetaData().getTables(null, "public", "place", null)) {
				assertThat(tables.next()).isTrue();
			}
		}
	}

	@Test
	void plainJdbcTransactionSpansItsStatements() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			try (PreparedStatement count = connection
				.prepareStatement("select count(*) from place where name = 'plain'");
					Statement insert = connection.createStatement()) {
				connection.setAutoCommit(false);
				insert.executeUpdate("insert into place (id, name) values (-10, 'plain')");
				assertThat(first(count)).isEqualTo(1);
				connection.rollback();
				assertThat(first(count)).isZero();
				insert.executeUpdate("insert into place (id, name) values (-11, 'plain')");
				connection.commit();
			}
		}
		assertThat(placesCalled("plain")).isOne();
	}

	@Test
	void openStatementKeepsItsConnectionInAScopeWithoutTransaction() {
		TransactionTemplate scope = transaction(false);
		scope.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
		scope.executeWithoutResult((status) -> this.jdbc.query("select generate_series(1, 2)", (rows) -> {
			assertThat(rows.next()).isTrue();
			Connection connection = DataSourceUtils.getConnection(this.dataSource);
			connection.setAutoCommit(false);
			DataSourceUtils.releaseConnection(connection, this.dataSource);
			assertThat(rows.next()).isTrue();
			return null;
		}));
	}

	@Test
	void readOnlyPlainJdbcTransactionGoesToAReplica() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			assertThat(this.replicas).contains(port(connection));
			connection.commit();
		}
	}

	@Test
	void unwrappingLeadsToTheDriverInTheTransaction() {
		transaction(false).executeWithoutResult((status) -> this.jdbc.execute((Connection connection) -> {
			assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
			assertThat(connection.unwrap(PGConnection.class).getBackendPID())
				.isEqualTo(this.jdbc.queryForObject("select pg_backend_pid()", Integer.class));
			return null;
		}));
	}

	@Test
	void unwrappingTheDataSourceLeadsToTheDefaultPrimary() throws SQLException {
		DataSource routed = application.bean(DataSource.class);
		assertThat(routed).isSameAs(this.dataSource);
		assertThat(routed.unwrap(HikariDataSource.class)).isSameAs(application.pool("atlas.main"));
		transaction(true).executeWithoutResult((status) -> {
			port();
			assertThat(unwrapped(routed)).isSameAs(application.pool("atlas.main"));
		});
		assertThat(this.dataSource.getResolvedDataSources()).containsOnlyKeys("atlas.main", "atlas.east", "atlas.west",
				"journal.main");
	}

	@Test
	void readsGoToThePrimaryWhileNoReplicaIsThereAndBackAfterwards() {
		transaction(true).executeWithoutResult((status) -> port());
		application.atlas().replicas().forEach(PostgresNode::stop);
		awaitReachable(false);
		transaction(true).executeWithoutResult((status) -> {
			assertThat(port()).isEqualTo(this.primary);
			assertThat(this.claims.currentRoute().map(Route::reason)).contains(RouteReason.REPLICAS_UNREACHABLE);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.jdbc.update("delete from place"))
				.havingRootCause()
				.withMessageContaining("read-only transaction");
			status.setRollbackOnly();
		});
		application.atlas().heal();
		awaitReachable(true);
		assertThat(this.replicas).contains(transaction(true).<Integer>execute((status) -> port()));
	}

	private static void awaitReachable(boolean reachable) {
		NodeMonitor monitor = application.bean(NodeMonitor.class);
		Awaitility.await()
			.until(() -> application.bean(Databases.class)
				.get("atlas")
				.replicas()
				.stream()
				.allMatch((node) -> monitor.stateOf(node).reachable() == reachable));
	}

	private static HikariDataSource unwrapped(DataSource dataSource) {
		try {
			return dataSource.unwrap(HikariDataSource.class);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int placesCalled(String name) {
		return this.jdbc.queryForObject("select count(*) from place where name = ?", Integer.class, name);
	}

	private List<String> journalLines() {
		return new JdbcTemplate(application.journal().primary().dataSource()).queryForList("select line from entry",
				String.class);
	}

	private TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		transaction.setName("test");
		return transaction;
	}

	private int port() {
		return this.jdbc.queryForObject("select inet_server_port()", Integer.class);
	}

	private int portOfSession() {
		return ((Number) this.entityManager.createNativeQuery("select inet_server_port()").getSingleResult())
			.intValue();
	}

	private int portOfOwnConnection() {
		try (Connection connection = this.dataSource.getConnection()) {
			return port(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int port(Session session) {
		return session.createNativeQuery("select inet_server_port()", Integer.class).getSingleResult();
	}

	private static int port(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("select inet_server_port()")) {
			return first(statement);
		}
	}

	private static int first(PreparedStatement statement) throws SQLException {
		try (ResultSet result = statement.executeQuery()) {
			result.next();
			return result.getInt(1);
		}
	}

}
