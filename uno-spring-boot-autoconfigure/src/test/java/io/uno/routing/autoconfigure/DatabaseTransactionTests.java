package io.uno.routing.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.RouteConflictException;
import io.uno.routing.JpaDatabaseTransactionManager;
import io.uno.routing.Route;
import io.uno.routing.RouteListener;
import io.uno.routing.autoconfigure.atlas.Place;
import io.uno.routing.autoconfigure.journal.Entry;
import io.uno.session.AsyncSessionTemplate;
import io.uno.session.ConnectionTemplate;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what the name of a database leads to: transactions and injection.
 */
@Tag("postgres")
class DatabaseTransactionTests {

	private static final String SERVED_BY = "select current_database() || ':' || inet_server_port()";

	private static RoutedApplication application;

	private final Ledger ledger = application.bean(Ledger.class);

	private final Places places = application.bean(Places.class);

	private final Named named = application.bean(Named.class);

	private final Routes routes = application.bean(Routes.class);

	private final TransactionTemplate unqualified = new TransactionTemplate(
			application.bean(PlatformTransactionManager.class));

	private final JdbcTemplate atlas = new JdbcTemplate(application.atlas().primary().dataSource());

	private final JdbcTemplate journal = new JdbcTemplate(application.journal().primary().dataSource());

	@BeforeAll
	static void start() {
		application = new RoutedApplication(List.of(Beans.class));
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void beginEmpty() {
		this.atlas.update("delete from place");
		this.journal.update("delete from entry");
		this.routes.chosen.clear();
	}

	@AfterEach
	void everythingIsGivenBack() {
		for (String pool : List.of("atlas.main", "atlas.east", "atlas.west", "journal.main")) {
			HikariDataSource hikari = application.bean(pool, HikariDataSource.class);
			if (hikari.getHikariPoolMXBean() != null) {
				assertThat(hikari.getHikariPoolMXBean().getActiveConnections()).as(pool).isZero();
			}
		}
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
	}

	@Test
	void qualifiedTransactionWorksOnItsDatabase() {
		this.ledger.log("noted");
		assertThat(lines()).containsExactly("noted");
		assertThat(this.routes.databases()).containsOnly("journal");
	}

	@Test
	void unqualifiedTransactionWorksOnTheDefaultDatabase() {
		this.places.add("Bern");
		assertThat(names()).containsExactly("Bern");
		assertThat(this.routes.databases()).containsOnly("atlas");
	}

	@Test
	void qualifiedTransactionSharesJpasSession() {
		this.ledger.persist("persisted");
		assertThat(lines()).containsExactly("persisted");
	}

	@Test
	void qualifiedTransactionRollsBack() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.ledger.logAndFail("lost"));
		assertThat(lines()).isEmpty();
	}

	@Test
	void qualifiedReadOnlyTransactionGoesToAReplica() {
		assertThat(this.places.isReadFromReplica()).isTrue();
	}

	@Test
	void secondDatabaseIsRefusedBeforeAnythingIsSent() {
		int calls = this.ledger.calls();
		assertThatExceptionOfType(RouteConflictException.class)
			.isThrownBy(() -> this.places.within(() -> this.ledger.log("lost")))
			.withMessage("The running transaction works on database 'atlas' and can't work on 'journal' as well; "
					+ "give that a transaction of its own (Propagation.REQUIRES_NEW or a template of database 'journal'), "
					+ "or note it in 'atlas' and carry it over later (an outbox)")
			.satisfies((ex) -> {
				assertThat(ex.getCurrent()).isEqualTo("atlas");
				assertThat(ex.getRequested()).isEqualTo("journal");
			});
		assertThat(this.ledger.calls()).isEqualTo(calls);
		assertThat(this.routes.chosen).isEmpty();
	}

	@Test
	void unqualifiedTransactionIsFixedByItsFirstStatement() {
		int calls = this.ledger.calls();
		assertThatExceptionOfType(RouteConflictException.class)
			.isThrownBy(() -> this.unqualified.executeWithoutResult((status) -> {
				this.places.add("undone");
				this.ledger.log("lost");
			}));
		assertThat(this.ledger.calls()).isEqualTo(calls);
		assertThat(this.routes.databases()).containsOnly("atlas");
		assertThat(names()).isEmpty();
	}

	@Test
	void refusedCallLeavesTheTransactionAsItWas() {
		this.places.within(() -> {
			this.places.add("kept");
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> this.ledger.log("lost"));
			this.places.add("kept as well");
		});
		assertThat(names()).containsExactlyInAnyOrder("kept", "kept as well");
	}

	@Test
	void unqualifiedTransactionJoinsAQualifiedOne() {
		this.ledger.within(() -> this.unqualified.executeWithoutResult((status) -> {
			application.bean(JdbcTemplate.class)
				.update("insert into entry (id, line) values (?, 'joined')", UUID.randomUUID());
			assertThat(lines()).isEmpty();
		}));
		assertThat(lines()).containsExactly("joined");
	}

	@Test
	void newTransactionMayWorkOnAnotherDatabase() {
		this.places.within(() -> {
			this.places.add("Bern");
			this.ledger.logAnew("noted");
			assertThat(lines()).containsExactly("noted");
			assertThat(names()).isEmpty();
			this.places.add("Zug");
		});
		assertThat(names()).containsExactlyInAnyOrder("Bern", "Zug");
	}

	@Test
	void callWithoutTransactionStillWorksOnItsDatabase() {
		this.places.within(() -> {
			this.places.add("Bern");
			this.ledger.logWithoutTransaction("noted");
			assertThat(lines()).containsExactly("noted");
		});
		this.ledger.logWithoutTransaction("noted");
		assertThat(lines()).hasSize(2);
		assertThat(names()).containsExactly("Bern");
	}

	@Test
	void managersAreCustomizedAsBootsOwn() {
		assertThat(application.bean("transactionManager", JpaTransactionManager.class).getDefaultTimeout())
			.isEqualTo(77);
		assertThat(this.named.transactionManager).isInstanceOfSatisfying(JpaDatabaseTransactionManager.class,
				(manager) -> {
					assertThat(manager.getDefaultTimeout()).isEqualTo(77);
					assertThat(manager.getDatabase()).isEqualTo("journal");
					assertThat(manager.getEntityManagerFactory())
						.isSameAs(application.bean(EntityManagerFactory.class));
				});
	}

	@Test
	void unqualifiedInjectionIsAsWithoutThem() {
		Unnamed unnamed = application.bean(Unnamed.class);
		assertThat(unnamed.dataSource()).isSameAs(application.bean("dataSource", DataSource.class));
		assertThat(unnamed.sessions()).isSameAs(application.bean("sessionTemplate", SessionTemplate.class));
		assertThat(unnamed.client()).isSameAs(application.bean("jdbcClient", JdbcClient.class));
		assertThat(unnamed.transactionManager())
			.isSameAs(application.bean("transactionManager", PlatformTransactionManager.class));
	}

	@Test
	void qualifiedClientWorksOnItsDatabase() {
		insert("first");
		assertThat(count()).isEqualTo(1);
		assertThat(this.routes.databases()).containsOnly("journal");
	}

	@Test
	void qualifiedClientJoinsTheTransaction() {
		this.ledger.within(() -> {
			application.bean(JdbcTemplate.class)
				.update("insert into entry (id, line) values (?, 'first')", UUID.randomUUID());
			assertThat(count()).isEqualTo(1);
			insert("second");
			assertThat(lines()).isEmpty();
			assertThat(this.routes.chosen).hasSize(1);
		});
		assertThat(lines()).containsExactly("first", "second");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.ledger.within(() -> {
			insert("undone");
			throw new IllegalStateException("undone");
		}));
		assertThat(lines()).hasSize(2);
	}

	@Test
	void qualifiedClientSeesWhatTheSessionWroteInItsTransaction() {
		this.named.sessions.writeWithoutResult((session) -> {
			session.persist(new Entry("persisted"));
			session.flush();
			assertThat(count()).isEqualTo(1);
			assertThat(lines()).isEmpty();
		});
		assertThat(lines()).containsExactly("persisted");
	}

	@Test
	void qualifiedClientFixesAnUnqualifiedTransaction() {
		this.unqualified.executeWithoutResult((status) -> {
			insert("first");
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> this.places.within(() -> this.places.add("lost")));
		});
		assertThat(lines()).containsExactly("first");
	}

	@Test
	void qualifiedClientIsRefusedInsideATransactionOnAnotherDatabase() {
		this.places.within(() -> assertThatExceptionOfType(RouteConflictException.class).isThrownBy(this::count)
			.satisfies((ex) -> assertThat(ex.getRequested()).isEqualTo("journal")));
		assertThat(this.routes.chosen).isEmpty();
	}

	@Test
	void qualifiedSessionsWorkOnTheirDatabase() {
		this.named.sessions.writeWithoutResult((session) -> session.persist(new Entry("persisted")));
		assertThat(lines()).containsExactly("persisted");
	}

	@Test
	void qualifiedAsyncSessionsWorkOnTheirDatabase() {
		assertThat(this.named.asyncSessions.writeWithoutResult((session) -> session.persist(new Entry("persisted"))))
			.succeedsWithin(Duration.ofSeconds(20));
		assertThat(lines()).containsExactly("persisted");
	}

	@Test
	void qualifiedConnectionsWorkOnTheirDatabase() {
		String server = this.named.connections.<String>execute(DatabaseTransactionTests::servedBy);
		assertThat(server).isEqualTo(this.journal.queryForObject(SERVED_BY, String.class));
	}

	@Test
	void qualifiedTransactionManagerIsTheDatabases() {
		new TransactionTemplate(this.named.transactionManager).executeWithoutResult((status) -> insert("noted"));
		assertThat(lines()).containsExactly("noted");
	}

	@Test
	void connectionOfAQualifiedDataSourceStaysOnItsDatabase() throws SQLException {
		try (Connection connection = this.named.dataSource.getConnection()) {
			assertThat(connection.getMetaData().getURL()).isEqualTo(application.journal().primary().jdbcUrl());
			try (ResultSet tables = connection.getMetaData().getTables(null, "public", "entry", null)) {
				assertThat(tables.next()).isTrue();
			}
			DatabaseClaims claims = application.bean(DatabaseClaims.class);
			String server = claims.<String, SQLException>on("atlas", DatabaseReason.ENTITY, () -> servedBy(connection));
			assertThat(server).isEqualTo(this.journal.queryForObject(SERVED_BY, String.class));
			connection.setAutoCommit(false);
			assertThat(servedBy(connection)).isEqualTo(server);
			connection.rollback();
		}
	}

	@Test
	void connectionFromOutsideIsRefusedInsideATransactionOnAnotherDatabase() throws SQLException {
		try (Connection connection = this.named.dataSource.getConnection()) {
			this.places.within(() -> {
				this.places.add("Bern");
				assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> servedBy(connection));
			});
		}
		assertThat(names()).containsExactly("Bern");
	}

	@Test
	void qualifiedDataSourceIsNoPool() throws SQLException {
		assertThat(this.named.dataSource.isWrapperFor(HikariDataSource.class)).isFalse();
		assertThat(this.named.dataSource.toString()).startsWith("Database 'journal' of RoutingDataSource[");
		assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
			.isThrownBy(() -> this.named.dataSource.getConnection("someone", "secret"))
			.withMessage("A connection for a given user can't be routed; every node's pool has its own user");
	}

	private void insert(String line) {
		this.named.client.sql("insert into entry (id, line) values (?, ?)").params(UUID.randomUUID(), line).update();
	}

	private long count() {
		return this.named.client.sql("select count(*) from entry").query(Long.class).single();
	}

	private static String servedBy(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(SERVED_BY)) {
			answer.next();
			return answer.getString(1);
		}
	}

	private List<String> lines() {
		return this.journal.queryForList("select line from entry order by line", String.class);
	}

	private List<String> names() {
		return this.atlas.queryForList("select name from place", String.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Ledger ledger(JdbcTemplate jdbc, EntityManagerFactory entityManagerFactory) {
			return new Ledger(jdbc, SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory));
		}

		@Bean
		Places places(JdbcTemplate jdbc, EntityManagerFactory entityManagerFactory) {
			return new Places(jdbc, SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory));
		}

		@Bean
		Named named(@Qualifier("journal") DataSource dataSource, @Qualifier("journal") SessionTemplate sessions,
				@Qualifier("journal") JdbcClient client, @Qualifier("journal") AsyncSessionTemplate asyncSessions,
				@Qualifier("journal") ConnectionTemplate connections,
				@Qualifier("journal") PlatformTransactionManager transactionManager) {
			return new Named(dataSource, sessions, asyncSessions, connections, client, transactionManager);
		}

		@Bean
		Unnamed unnamed(DataSource dataSource, SessionTemplate sessions, JdbcClient client,
				PlatformTransactionManager transactionManager) {
			return new Unnamed(dataSource, sessions, client, transactionManager);
		}

		@Bean
		Routes routes() {
			return new Routes();
		}

		@Bean
		TransactionManagerCustomizer<JpaTransactionManager> timeout() {
			return (manager) -> manager.setDefaultTimeout(77);
		}

	}

	record Named(DataSource dataSource, SessionTemplate sessions, AsyncSessionTemplate asyncSessions,
			ConnectionTemplate connections, JdbcClient client, PlatformTransactionManager transactionManager) {

	}

	record Unnamed(DataSource dataSource, SessionTemplate sessions, JdbcClient client,
			PlatformTransactionManager transactionManager) {

	}

	static class Routes implements RouteListener {

		final List<Route> chosen = new CopyOnWriteArrayList<>();

		@Override
		public void routed(Route route) {
			this.chosen.add(route);
		}

		List<String> databases() {
			return this.chosen.stream().map(Route::database).toList();
		}

	}

	static class Ledger {

		private final JdbcTemplate jdbc;

		private final EntityManager entityManager;

		private int calls;

		Ledger(JdbcTemplate jdbc, EntityManager entityManager) {
			this.jdbc = jdbc;
			this.entityManager = entityManager;
		}

		int calls() {
			return this.calls;
		}

		@Transactional("journal")
		public void log(String line) {
			insert(line);
		}

		@Transactional(transactionManager = "journal", propagation = Propagation.REQUIRES_NEW)
		public void logAnew(String line) {
			insert(line);
		}

		@Transactional(transactionManager = "journal", propagation = Propagation.NOT_SUPPORTED)
		public void logWithoutTransaction(String line) {
			insert(line);
		}

		@Transactional("journal")
		public void logAndFail(String line) {
			insert(line);
			throw new IllegalStateException("fails");
		}

		@Transactional("journal")
		public void persist(String line) {
			this.entityManager.persist(new Entry(line));
			this.entityManager.flush();
			Integer count = this.jdbc.queryForObject("select count(*) from entry", Integer.class);
			assertThat(count).isEqualTo(1);
		}

		@Transactional("journal")
		public void within(Runnable work) {
			work.run();
		}

		private void insert(String line) {
			this.calls++;
			this.jdbc.update("insert into entry (id, line) values (?, ?)", UUID.randomUUID(), line);
		}

	}

	static class Places {

		private final JdbcTemplate jdbc;

		private final EntityManager entityManager;

		Places(JdbcTemplate jdbc, EntityManager entityManager) {
			this.jdbc = jdbc;
			this.entityManager = entityManager;
		}

		@Transactional
		public void add(String name) {
			this.entityManager.persist(new Place(name));
			this.entityManager.flush();
		}

		@Transactional("atlas")
		public void within(Runnable work) {
			work.run();
		}

		@Transactional(transactionManager = "atlas", readOnly = true)
		public boolean isReadFromReplica() {
			return Boolean.TRUE.equals(this.jdbc.queryForObject("select pg_is_in_recovery()", Boolean.class));
		}

	}

}
