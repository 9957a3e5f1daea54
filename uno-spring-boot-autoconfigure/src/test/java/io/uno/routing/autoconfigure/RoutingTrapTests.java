package io.uno.routing.autoconfigure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.uno.bulk.MapRegionFactory;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.UnknownDatabaseException;
import io.uno.embedded.PostgresNode;
import io.uno.embedded.PostgresReplica;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.Freshness;
import io.uno.routing.ReadOnlyRouteException;
import io.uno.routing.Route;
import io.uno.routing.RouteConflictException;
import io.uno.routing.RouteReason;
import io.uno.routing.RoutingDataSource;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.autoconfigure.OwnWritesTests.Routes;
import io.uno.routing.autoconfigure.atlas.Place;
import io.uno.routing.autoconfigure.atlas.PlaceRepository;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Cache;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.query.SelectionQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.PGStatement;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What others have paid for, each by the number that docs/routing.md has for it.
 */
@Tag("postgres")
@ObservedBy(Observer.MICROMETER)
class RoutingTrapTests {

	private static final String QUESTIONS = """
			select query_start from pg_stat_activity
			where datname = current_database() and query like '%recovering%' and pid <> pg_backend_pid()""";

	private static RoutedApplication application;

	private final JdbcTemplate jdbc = application.bean(JdbcTemplate.class);

	private final RoutingTemplate routing = application.bean(RoutingTemplate.class);

	private final DatabaseClaims claims = application.bean(DatabaseClaims.class);

	private final SessionTemplate sessions = application.bean(SessionTemplate.class);

	private final NodeMonitor monitor = application.bean(NodeMonitor.class);

	private final Routes routes = application.bean(Routes.class);

	private final int primary = application.atlas().primary().serverPort();

	@BeforeAll
	static void start(TestInfo test) {
		application = RoutedApplication.of(test, List.of(Routes.class),
				"--spring.jpa.properties.hibernate.cache.region.factory_class=" + MapRegionFactory.class.getName(),
				"--spring.jpa.properties.hibernate.cache.use_query_cache=true",
				"--spring.jpa.properties.hibernate.cache.default_cache_concurrency_strategy=read-write",
				"--spring.jpa.properties.jakarta.persistence.sharedCache.mode=ALL");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void settle() {
		// the pools may hold connections that a test has cut
		await().ignoreExceptions().untilAsserted(() -> {
			read(this::port);
			assertThat(this.routing.position()).isEmpty();
			assertThat(atlas()).allMatch((node) -> this.monitor.stateOf(node).isUp());
		});
		this.routes.clear();
	}

	@AfterEach
	void resume() {
		application.atlas().replicas().forEach(PostgresReplica::resumeReplay);
	}

	@Test
	void t01ReadOnlyIsKnownBeforeAConnectionIsTaken() {
		assertThat(read(this::port)).isNotEqualTo(this.primary);
		assertThat(this.sessions.<Integer, RuntimeException>read(
				(session) -> session.createNativeQuery("select inet_server_port()", Integer.class).getSingleResult()))
			.isNotEqualTo(this.primary);
		assertThat(read(() -> application.bean(JdbcClient.class)
			.sql("select inet_server_port()")
			.query(Integer.class)
			.single())).isNotEqualTo(this.primary);
		assertThat(read(RoutingTrapTests::portOfStatelessSession)).isNotEqualTo(this.primary);
		application.bean(PlaceRepository.class).findByName("nowhere");
		assertThat(this.routes.last().node().replica()).isTrue();
		application.bean(PlaceRepository.class).findById(-1L);
		assertThat(this.routes.last().node().replica()).isTrue();
	}

	private static int portOfStatelessSession() {
		try (StatelessSession session = application.bean(EntityManagerFactory.class)
			.unwrap(SessionFactory.class)
			.openStatelessSession()) {
			return session.createNativeQuery("select inet_server_port()", Integer.class).getSingleResult();
		}
	}

	@Test
	void t02MetadataAskedForFirstDoesNotChooseTheNode() throws Exception {
		try (Connection connection = application.bean(DataSource.class).getConnection()) {
			assertThat(connection.getMetaData().getURL()).isNotNull();
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement();
					ResultSet port = statement.executeQuery("select inet_server_port()")) {
				port.next();
				assertThat(port.getInt(1)).isNotEqualTo(this.primary);
			}
			connection.rollback();
		}
	}

	@Test
	void t03WhatWrapsPoolsDoesNotWrapTheRouterAsWell() {
		assertThat(application.bean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
		SeenStatements seen = application.bean(SeenStatements.class);
		seen.clear();
		read(this::port);
		write(() -> this.jdbc.update("insert into place (id, name) values (-30, 'third')"));
		read(this::port);
		assertThat(seen.all()).containsExactly("select inet_server_port()",
				"insert into place (id, name) values (-30, 'third')", "select inet_server_port()");
	}

	@Test
	void t04ScopeIsNeitherLostNorInheritedNorLeftOnAPooledThread() throws Exception {
		ExecutorService pool = Executors.newSingleThreadExecutor();
		try {
			int inside = this.routing.on("journal").call(() -> pool.submit(this::port).get());
			assertThat(inside).isEqualTo(this.primary);
			int other = CompletableFuture.supplyAsync(() -> this.routing.on("journal").call(this::port), pool).get();
			assertThat(other).isEqualTo(application.journal().primary().serverPort());
			assertThat(pool.submit(this::port).get()).isEqualTo(this.primary);
		}
		finally {
			pool.shutdown();
		}
	}

	@Test
	void t05UnknownNameIsAnErrorThatListsTheKnownOnes() {
		assertThatExceptionOfType(UnknownDatabaseException.class).isThrownBy(() -> this.routing.on("nowhere"))
			.withMessageContaining("atlas")
			.withMessageContaining("journal");
	}

	@Test
	void t06WorkOnTwoDatabasesIsNotCommittedByHalves() {
		assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> write(() -> {
			this.jdbc.update("insert into place (id, name) values (-60, 'half')");
			this.claims.claim("journal", DatabaseReason.SCOPE);
			return this.jdbc.update("insert into entry (id, line) values (gen_random_uuid(), 'half')");
		}));
		assertThat(this.jdbc.queryForObject("select count(*) from place where id = -60", Integer.class)).isZero();
	}

	@Test
	void t07AnotherDatabaseInsideAnOpenTransactionIsAnError() {
		write(() -> {
			int before = port();
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> this.routing.on("journal").call(this::port))
				.withMessageContaining("atlas")
				.withMessageContaining("journal");
			assertThat(port()).isEqualTo(before);
			return before;
		});
	}

	@Test
	void t08PositionIsKeptUntilEveryReplicaHasIt() {
		application.atlas().replica("west").pauseReplay();
		write(() -> this.jdbc.update("insert into place (id, name) values (-80, 'eighth')"));
		await().untilAsserted(() -> {
			read(this::port);
			assertThat(this.routes.last().node().name()).isEqualTo("east");
		});
		assertThat(this.routing.position()).isPresent();
		for (int i = 0; i < 10; i++) {
			assertThat(read(() -> this.jdbc.queryForObject("select count(*) from place where id = -80", Integer.class)))
				.isOne();
		}
	}

	@Test
	void t09WithoutAUsableReplicaThePrimaryAnswers() {
		application.atlas().replicas().forEach(PostgresReplica::cut);
		try {
			await().ignoreExceptions().untilAsserted(() -> {
				assertThat(read(this::port)).isEqualTo(this.primary);
				assertThat(this.routes.last().reason()).isEqualTo(RouteReason.REPLICAS_UNREACHABLE);
			});
		}
		finally {
			application.atlas().replicas().forEach(PostgresReplica::restore);
			evictConnections();
		}
	}

	@Test
	void t10IdlePrimaryMakesNoLag() {
		await().during(Duration.ofMillis(500))
			.untilAsserted(() -> assertThat(atlas().stream().filter(Node::replica))
				.allMatch((node) -> Duration.ZERO.equals(this.monitor.stateOf(node).lag())));
	}

	@Test
	void t11ReplicasAnswerWhileThePrimaryIsAway() {
		application.atlas().primary().cut();
		try {
			await().until(() -> !this.monitor.stateOf(Node.main("atlas")).reachable());
			assertThat(read(this::port)).isNotEqualTo(this.primary);
		}
		finally {
			application.atlas().primary().restore();
			evictConnections();
		}
	}

	@Test
	void t13WriteAfterAReadInOneOpenSessionGoesToThePrimary() {
		EntityManagerFactory factory = application.bean(EntityManagerFactory.class);
		EntityManager open = factory.createEntityManager();
		TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(open));
		try {
			assertThat(read(this::port)).isNotEqualTo(this.primary);
			this.sessions.writeWithoutResult((session) -> session.persist(new Place("after a read")));
			assertThat(this.routes.last().reason()).isEqualTo(RouteReason.WRITE);
		}
		finally {
			TransactionSynchronizationManager.unbindResource(factory);
			open.close();
		}
	}

	@Test
	void t14RowsOfAReplicaDoNotGetIntoTheSecondLevelCache() {
		long id = -14;
		write(() -> this.jdbc.update("insert into place (id, name) values (?, 'old')", id));
		application.atlas().replicas().forEach(PostgresReplica::awaitReplay);
		application.atlas().replicas().forEach(PostgresReplica::pauseReplay);
		server(application.atlas().primary()).update("update place set name = 'new' where id = ?", id);
		SessionTemplate stale = this.sessions.freshness(Freshness.any());
		Cache cache = application.bean(SessionFactory.class).getCache();

		List<Function<Session, String>> reads = List.of((session) -> session.find(Place.class, id).getName(),
				(session) -> query(session, id).setCacheable(true).getSingleResult().getName(),
				(session) -> query(session, id).getResultStream().map(Place::getName).toList().get(0),
				(session) -> scrolled(query(session, id)));
		for (Function<Session, String> read : reads) {
			assertThat(stale.<String, RuntimeException>read(read::apply)).isEqualTo("old");
			assertThat(cache.containsEntity(Place.class, id)).as("after read %d", reads.indexOf(read)).isFalse();
		}
		for (Function<Session, String> read : reads) {
			assertThat(this.sessions.<String, RuntimeException>write(read::apply)).as("read %d", reads.indexOf(read))
				.isEqualTo("new");
			assertThat(cache.containsEntity(Place.class, id)).isTrue();
		}
	}

	private static SelectionQuery<Place> query(Session session, long id) {
		return session.createSelectionQuery("from Place where id = :id", Place.class).setParameter("id", id);
	}

	private static String scrolled(SelectionQuery<Place> query) {
		try (ScrollableResults<Place> rows = query.scroll()) {
			assertThat(rows.next()).isTrue();
			return rows.get().getName();
		}
	}

	@Test
	void t15AdvisoryLockOfATransactionIsNotLeftInThePool() {
		write(() -> {
			this.jdbc.queryForList("select pg_advisory_xact_lock(15)");
			assertThat(advisoryLocks()).isOne();
			return 0;
		});
		assertThat(advisoryLocks()).isZero();
	}

	private static int advisoryLocks() {
		return Objects
			.requireNonNull(
					server(application.atlas().primary()).queryForObject(
							"select count(*) from pg_locks where locktype = 'advisory' and objid = 15 and database = "
									+ "(select oid from pg_database where datname = current_database())",
							Integer.class));
	}

	@Test
	void t16RowsAreStreamedWithoutServerPreparedStatements() {
		List<Integer> firstRows = new ArrayList<>();
		int port = read(() -> {
			this.jdbc.execute((Connection connection) -> {
				// fails at the 500th row, so that who fetches all has none
				try (PreparedStatement statement = connection
					.prepareStatement("select 1 / (500 - i) from generate_series(1, 1000) i")) {
					statement.unwrap(PGStatement.class).setPrepareThreshold(0);
					statement.setFetchSize(10);
					try (ResultSet rows = statement.executeQuery()) {
						while (firstRows.size() < 100 && rows.next()) {
							firstRows.add(rows.getInt(1));
						}
					}
				}
				return null;
			});
			return port();
		});
		assertThat(firstRows).hasSize(100);
		assertThat(port).isNotEqualTo(this.primary);
	}

	@Test
	void t17ReplicaThatNeverAnswersBlocksNobody() {
		application.atlas().replica("east").blackHole();
		try {
			await().until(() -> !this.monitor.stateOf(node("east")).reachable());
			long begun = System.nanoTime();
			for (int i = 0; i < 20; i++) {
				read(this::port);
				assertThat(this.routes.last().node()).isEqualTo(node("west"));
			}
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
		}
		finally {
			application.atlas().replica("east").restore();
			evictConnections();
		}
	}

	@Test
	void t18QuestionsToAReplicaStayOutOfTheTransactionsOfOthers() {
		read(() -> {
			Integer process = this.jdbc.queryForObject("select pg_backend_pid()", Integer.class);
			JdbcTemplate replica = server(application.atlas().replica(this.routes.last().node().name()));
			Timestamp asked = lastQuestion(replica);
			await().until(() -> lastQuestion(replica).getTime() - asked.getTime() > 300);
			assertThat(replica.queryForMap("select state, query from pg_stat_activity where pid = ?", process))
				.containsEntry("state", "idle in transaction")
				.containsEntry("query", "select pg_backend_pid()");
			return 0;
		});
	}

	@Test
	void t19QuestionsAreNotAskedInStep() {
		JdbcTemplate server = server(application.atlas().primary());
		SortedSet<Timestamp> questions = new TreeSet<>();
		await().pollInterval(Duration.ofMillis(10)).until(() -> {
			// a question on its way starts anew with each message of the protocol
			questions.addAll(server.queryForList(QUESTIONS + " and state = 'idle'", Timestamp.class));
			return questions.size() > 12;
		});
		List<Long> times = questions.stream().map(Timestamp::getTime).toList();
		LongSummaryStatistics intervals = IntStream.range(1, times.size())
			.mapToLong((i) -> times.get(i) - times.get(i - 1))
			.summaryStatistics();
		assertThat(intervals.getMin()).isBetween(45L, 95L);
		assertThat(intervals.getMax()).isGreaterThan(110);
	}

	@Test
	void t20EachNodeHasMetricsOfItsPool() {
		MeterRegistry registry = application.bean(MeterRegistry.class);
		await().untilAsserted(() -> {
			read(this::port);
			assertThat(registry.find("hikaricp.connections").meters())
				.extracting((meter) -> meter.getId().getTag("pool"))
				.contains("atlas.main", "atlas.east", "atlas.west");
		});
	}

	@Test
	void t21LostReplicaLeavesTheApplicationHealthy() {
		application.atlas().replica("east").cut();
		try {
			await().until(() -> !this.monitor.stateOf(node("east")).reachable());
			HealthIndicator atlas = (HealthIndicator) application
				.bean("dbHealthContributor", CompositeHealthContributor.class)
				.getContributor("atlas");
			assertThat(Objects.requireNonNull(atlas).health()).satisfies((health) -> {
				assertThat(health.getStatus()).isEqualTo(Status.UP);
				assertThat(health.getDetails().get("east")).asString().contains("unreachable");
			});
		}
		finally {
			application.atlas().replica("east").restore();
			evictConnections();
		}
	}

	@Test
	void t22ReadOnlyRequiresNewInsideAWriteReadsThePrimary() {
		TransactionTemplate inner = transaction(true);
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		write(() -> {
			this.jdbc.update("insert into place (id, name) values (-220, 'twenty-second')");
			return inner.execute((status) -> port());
		});
		assertThat(this.routes.last()).extracting(Route::reason).isEqualTo(RouteReason.SUSPENDED_WRITE);
	}

	@Test
	void t23WriteThatJoinsAReadOnlyTransactionFailsEarly() {
		transaction(true).executeWithoutResult((status) -> assertThatExceptionOfType(ReadOnlyRouteException.class)
			.isThrownBy(() -> this.sessions.writeWithoutResult((session) -> session.persist(new Place("late")))));
		assertThat(this.routes.reads()).isEmpty();
	}

	@Test
	void t24WorkThatJoinsATransactionIsNotTriedAgain() {
		assertThat(attemptsAtAConflict((work) -> work.run())).isEqualTo(3);
		assertThat(attemptsAtAConflict((work) -> transaction(false).executeWithoutResult((status) -> work.run())))
			.isOne();
	}

	private int attemptsAtAConflict(Consumer<Runnable> around) {
		AtomicInteger attempts = new AtomicInteger();
		assertThatException()
			.isThrownBy(() -> around.accept(() -> this.sessions.retry(3).writeWithoutResult((session) -> {
				attempts.incrementAndGet();
				session
					.createNativeMutationQuery(
							"do $$ begin raise exception 'on purpose' using errcode = '40001'; end $$")
					.executeUpdate();
			})))
			.havingRootCause()
			.withMessageContaining("on purpose");
		return attempts.get();
	}

	@Test
	void t25ErrorRollsBack() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.sessions.writeWithoutResult((session) -> {
			session.persist(new Place("an error"));
			session.flush();
			throw new AssertionError("on purpose");
		}));
		assertThat(this.jdbc.queryForObject("select count(*) from place where name = 'an error'", Integer.class))
			.isZero();
	}

	private static JdbcTemplate server(PostgresNode node) {
		return new JdbcTemplate(node.superuserDataSource());
	}

	/**
	 * When the monitor has last asked a server, by the clock of that.
	 */
	private static Timestamp lastQuestion(JdbcTemplate server) {
		return Collections.max(server.queryForList(QUESTIONS, Timestamp.class));
	}

	private static Node node(String replica) {
		return atlas().stream().filter((node) -> node.name().equals(replica)).findFirst().orElseThrow();
	}

	private static void evictConnections() {
		atlas().forEach((node) -> application.pool(node.id()).getHikariPoolMXBean().softEvictConnections());
	}

	private int port() {
		return Objects.requireNonNull(this.jdbc.queryForObject("select inet_server_port()", Integer.class));
	}

	private <T> T write(Supplier<T> work) {
		return Objects.requireNonNull(transaction(false).execute((status) -> work.get()));
	}

	private <T> T read(Supplier<T> work) {
		return Objects.requireNonNull(transaction(true).execute((status) -> work.get()));
	}

	private static TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate template = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		template.setReadOnly(readOnly);
		return template;
	}

	private static List<Node> atlas() {
		return application.bean(Databases.class).get("atlas").nodes();
	}

}
