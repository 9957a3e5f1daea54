package io.uno.routing.autoconfigure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.Position;
import io.uno.embedded.PostgresReplica;
import io.uno.routing.Freshness;
import io.uno.routing.PositionCarrier;
import io.uno.routing.PositionScope;
import io.uno.routing.Route;
import io.uno.routing.RouteListener;
import io.uno.routing.RouteReason;
import io.uno.routing.RoutingTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("postgres")
class OwnWritesTests {

	private static RoutedApplication application;

	private final JdbcTemplate jdbc = application.bean(JdbcTemplate.class);

	private final RoutingTemplate routing = application.bean(RoutingTemplate.class);

	private final Routes routes = application.bean(Routes.class);

	private final NodeMonitor monitor = application.bean(NodeMonitor.class);

	private long id;

	static RoutedApplication application() {
		return application;
	}

	@BeforeAll
	static void start(TestInfo test) {
		application = RoutedApplication.of(test, List.of(Routes.class), "--uno.reads.catch-up-timeout=20ms");
		new JdbcTemplate(application.atlas().primary().dataSource())
			.execute("create table owned (id bigint primary key, owner bigint references place "
					+ "deferrable initially deferred)");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void settle() {
		await().untilAsserted(() -> {
			assertThat(read(() -> this.routing.position())).isEmpty();
			assertThat(nodes()).allMatch((node) -> this.monitor.stateOf(node).isUp());
		});
		this.id = Objects
			.requireNonNull(this.jdbc.queryForObject("select coalesce(max(id), 0) + 1 from place", Long.class));
		await().until(() -> read(() -> this.routing.position()).isEmpty());
		this.routes.clear();
	}

	@AfterEach
	void resume() {
		application.atlas().replicas().forEach(PostgresReplica::resumeReplay);
	}

	@Test
	void readAfterAWriteSeesItOnAReplica() {
		for (int i = 0; i < 50; i++) {
			long key = this.id + i;
			write(() -> insert(key));
			assertThat(readPlaces(key)).isOne();
		}
		// one that has not caught up in time is passed over
		assertThat(this.routes.reads()).hasSize(50)
			.filteredOn((route) -> route.node().replica())
			.hasSizeGreaterThanOrEqualTo(45);
	}

	@Test
	void readGoesToThePrimaryWhileNoReplicaReplays() {
		pause("east");
		pause("west");
		write(() -> insert(this.id));
		assertThat(readPlaces(this.id)).isOne();
		assertThat(this.routes.last()).extracting(Route::node, Route::reason)
			.containsExactly(Node.main("atlas"), RouteReason.REPLICAS_BEHIND);
	}

	@Test
	void onlyTheReplicaThatHasCaughtUpIsUsed() {
		pause("west");
		write(() -> insert(this.id));
		for (int i = 0; i < 20; i++) {
			assertThat(readPlaces(this.id)).isOne();
		}
		assertThat(this.routes.reads().stream().filter((route) -> route.node().name().equals("west"))).isEmpty();
		assertThat(this.routes.reads().stream().filter((route) -> route.node().name().equals("east")))
			.hasSizeGreaterThanOrEqualTo(19);
	}

	@ParameterizedTest
	@ValueSource(strings = { "east", "west" })
	void replicaThatIsBackIsFoundByReads(String replica) {
		pause("east");
		pause("west");
		write(() -> insert(this.id));
		for (int i = 0; i < 4; i++) {
			assertThat(readPlaces(this.id)).isOne();
		}
		application.atlas().replica(replica).resumeReplay();
		application.atlas().replica(replica).awaitReplay();
		this.routes.clear();
		for (int i = 0; i < 4; i++) {
			assertThat(readPlaces(this.id)).isOne();
		}
		assertThat(this.routes.last().node().name()).isEqualTo(replica);
	}

	@Test
	void autocommittedStatementCountsAsAWrite() {
		pause("east");
		pause("west");
		this.jdbc.update("insert into place (id, name) values (?, 'auto')", this.id);
		assertThat(readPlaces(this.id)).isOne();
		assertThat(this.routes.last().reason()).isEqualTo(RouteReason.REPLICAS_BEHIND);
	}

	@Test
	void autocommittedStatementCountsBeforeItsConnectionIsClosed() throws SQLException {
		pause("east");
		pause("west");
		try (Connection connection = application.bean(DataSource.class).getConnection();
				PreparedStatement insert = connection
					.prepareStatement("insert into place (id, name) values (?, 'a')")) {
			insert.setLong(1, this.id);
			insert.executeUpdate();
			assertThat(readPlaces(this.id)).isOne();
		}
	}

	@Test
	void switchingAutocommitOnCountsAsACommit() throws SQLException {
		pause("east");
		pause("west");
		try (Connection connection = application.bean(DataSource.class).getConnection()) {
			connection.setAutoCommit(false);
			try (Statement insert = connection.createStatement()) {
				insert.executeUpdate("insert into place (id, name) values (%d, 'b')".formatted(this.id));
			}
			connection.setAutoCommit(true);
			assertThat(readPlaces(this.id)).isOne();
		}
	}

	@Test
	void positionIsKnownToCallbacksAfterCommit() {
		pause("east");
		pause("west");
		List<Position> seen = new CopyOnWriteArrayList<>();
		write(() -> {
			insert(this.id);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCommit() {
					OwnWritesTests.this.routing.position().ifPresent(seen::add);
				}

			});
			return 0;
		});
		assertThat(seen).hasSize(1);
	}

	@Test
	void transactionThatOnlyReadsHasNoPositionAndIsCounted() {
		pause("east");
		pause("west");
		assertThat(write(() -> this.jdbc.queryForObject("select 1", Integer.class))).isOne();
		assertThat(this.routing.position()).isEmpty();
		assertThat(this.routes.undeclared).hasSize(1);
		readPlaces(this.id);
		assertThat(this.routes.last().node().replica()).isTrue();
	}

	@Test
	void rolledBackWriteHasNoPosition() {
		transaction(false).executeWithoutResult((status) -> {
			insert(this.id);
			status.setRollbackOnly();
		});
		assertThat(this.routing.position()).isEmpty();
	}

	@Test
	void errorOfADeferredConstraintReachesTheCaller() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> write(() -> this.jdbc.update("insert into owned (id, owner) values (?, -1)", this.id)));
		assertThat(this.routing.position()).isEmpty();
		write(() -> insert(this.id));
		assertThat(readPlaces(this.id)).isOne();
	}

	@Test
	void scopesDoNotWaitForEachOther() {
		PositionScope one = PositionScope.user("one");
		PositionScope other = PositionScope.user("other");
		pause("east");
		pause("west");
		this.routing.scope(one).run(() -> write(() -> insert(this.id)));
		assertThat(this.routing.scope(one).call(() -> readPlaces(this.id))).isOne();
		assertThat(this.routes.last().node()).isEqualTo(Node.main("atlas"));
		assertThat(this.routing.scope(other).call(() -> readPlaces(this.id))).isZero();
		assertThat(this.routes.last().node().replica()).isTrue();
	}

	@Test
	void scopeStaysWithItsReplicaAndNeverGoesBackInTime() {
		RoutingTemplate job = this.routing.scope(PositionScope.of("job", "steady"));
		job.call(() -> readPlaces(this.id));
		Node first = this.routes.last().node();
		for (int i = 0; i < 10; i++) {
			job.call(() -> readPlaces(this.id));
			assertThat(this.routes.last().node()).isEqualTo(first);
		}
		assertThat(this.routes.last().reason()).isEqualTo(RouteReason.REPLICA_OF_SCOPE);
		String other = first.name().equals("east") ? "west" : "east";
		pause(other);
		new JdbcTemplate(application.atlas().primary().dataSource())
			.update("insert into place (id, name) values (?, 'by another')", this.id);
		await().until(() -> job.call(() -> readPlaces(this.id)) == 1);
		application.atlas().replica(first.name()).cut();
		try {
			application.pool(first.id()).getHikariPoolMXBean().softEvictConnections();
			for (int i = 0; i < 5; i++) {
				assertThat(job.call(() -> readPlaces(this.id))).isOne();
			}
		}
		finally {
			application.atlas().replica(first.name()).restore();
		}
	}

	@Test
	void writeThatDoesNotWaitForItsLogIsCoveredByItsPosition() {
		for (int i = 0; i < 20; i++) {
			long key = this.id + i;
			Long inserted = write(() -> {
				this.jdbc.execute("set local synchronous_commit = off");
				insert(key);
				return this.jdbc.queryForObject("select PG_CURRENT_WAL_INSERT_LSN() - '0/0'::pg_lsn", Long.class);
			});
			assertThat(this.routing.position().orElseThrow().value()).isGreaterThan(Objects.requireNonNull(inserted));
			assertThat(readPlaces(key)).isOne();
		}
	}

	@Test
	void positionThatIsNotFlushedYetIsKept() throws SQLException {
		try (Connection connection = application.atlas().primary().dataSource().getConnection()) {
			JdbcTemplate server = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			server.execute("set synchronous_commit = off");
			for (int i = 0; i < 20; i++) {
				long key = this.id + i;
				server.update("insert into place (id, name) values (?, 'not flushed')", key);
				Long written = server.queryForObject("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn", Long.class);
				Position position = new Position("atlas", 1, Objects.requireNonNull(written));
				int seen = this.routing.after(position).<Integer, RuntimeException>call(() -> readPlaces(key));
				assertThat(seen).isOne();
			}
		}
	}

	@Test
	void requestsOfOneUserStayWithItsReplica() {
		Set<Node> nodes = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			this.routing.carriedBy(new Request(PositionScope.user("steady"))).call(() -> readPlaces(this.id));
			nodes.add(this.routes.last().node());
		}
		assertThat(nodes).hasSize(1);
		for (int i = 0; i < 10; i++) {
			this.routing.carriedBy(new Request(null)).call(() -> readPlaces(this.id));
			nodes.add(this.routes.last().node());
		}
		assertThat(nodes).hasSize(2);
	}

	@Test
	void dispatchesOfOneRequestStayWithItsReplica() {
		RoutingTemplate request = this.routing.carriedBy(new Request(null));
		Set<Node> nodes = new HashSet<>();
		for (int i = 0; i < 10; i++) {
			request.call(() -> readPlaces(this.id));
			nodes.add(this.routes.last().node());
		}
		assertThat(nodes).hasSize(1);
	}

	@Test
	void positionCanBeHandedOn() {
		Position written = this.routing.scope(PositionScope.of("job", "sender")).call(() -> {
			write(() -> insert(this.id));
			return this.routing.position().orElseThrow();
		});
		pause("east");
		pause("west");
		write(() -> insert(this.id + 1));
		Position later = this.routing.position().orElseThrow();
		assertThat(later.isAfter(written)).isTrue();
		RoutingTemplate receiver = this.routing.scope(PositionScope.of("job", "receiver"));
		assertThat(receiver.after(Position.parse(later.toString())).call(() -> readPlaces(this.id + 1))).isOne();
		assertThat(this.routes.last().reason()).isEqualTo(RouteReason.REPLICAS_BEHIND);
	}

	@Test
	void positionThatThePrimaryNeverReachedIsDroppedWithoutWaiting() {
		Position bogus = new Position("atlas", 1, Long.MAX_VALUE);
		this.routing.after(bogus).call(() -> readPlaces(this.id));
		assertThat(this.routes.dropped).containsExactly(bogus);
		assertThat(this.routes.last().node().replica()).isTrue();
	}

	@Test
	void positionOfAnotherTimelineIsDropped() {
		Position other = new Position("atlas", 7, 1);
		this.routing.after(other).call(() -> readPlaces(this.id));
		assertThat(this.routes.dropped).containsExactly(other);
		assertThat(this.routes.last().node().replica()).isTrue();
	}

	@Test
	void latestIsReadFromThePrimary() {
		this.routing.freshness(Freshness.latest()).call(() -> readPlaces(this.id));
		assertThat(this.routes.last()).extracting(Route::node, Route::reason)
			.containsExactly(Node.main("atlas"), RouteReason.LATEST);
	}

	@Test
	void anyMayBeStale() {
		pause("east");
		pause("west");
		write(() -> insert(this.id));
		assertThat(this.routing.freshness(Freshness.any()).call(() -> readPlaces(this.id))).isZero();
		assertThat(this.routes.last().node().replica()).isTrue();
	}

	@Test
	void boundIsKeptByThePrimaryWhereReplicasAreTooOld() {
		RoutingTemplate bounded = this.routing.freshness(Freshness.atMost(Duration.ofMillis(700)));
		await().untilAsserted(() -> {
			bounded.call(() -> readPlaces(this.id));
			assertThat(this.routes.last().node().replica()).isTrue();
		});
		pause("east");
		pause("west");
		new JdbcTemplate(application.atlas().primary().dataSource())
			.update("insert into place (id, name) values (?, 'by another')", this.id);
		await().untilAsserted(() -> {
			assertThat(bounded.call(() -> readPlaces(this.id))).isOne();
			assertThat(this.routes.last().reason()).isEqualTo(RouteReason.REPLICAS_TOO_OLD);
		});
	}

	@Test
	void readInsideASuspendedWriteGoesToThePrimary() {
		TransactionTemplate inner = transaction(true);
		inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		write(() -> {
			insert(this.id);
			return inner.execute((status) -> this.jdbc.queryForObject("select count(*) from place", Integer.class));
		});
		assertThat(this.routes.last().reason()).isEqualTo(RouteReason.SUSPENDED_WRITE);
	}

	private void pause(String replica) {
		application.atlas().replica(replica).pauseReplay();
	}

	private int insert(long key) {
		return this.jdbc.update("insert into place (id, name) values (?, 'own')", key);
	}

	private <T> T write(Supplier<T> work) {
		return Objects.requireNonNull(transaction(false).execute((status) -> work.get()));
	}

	private <T> T read(Supplier<T> work) {
		return Objects.requireNonNull(transaction(true).execute((status) -> {
			this.jdbc.queryForObject("select 1", Integer.class);
			return work.get();
		}));
	}

	private int readPlaces(long key) {
		return Objects.requireNonNull(transaction(true).execute(
				(status) -> this.jdbc.queryForObject("select count(*) from place where id = ?", Integer.class, key)));
	}

	private static TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate template = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		template.setReadOnly(readOnly);
		return template;
	}

	private static List<Node> nodes() {
		return application.bean(Databases.class).get("atlas").nodes();
	}

	static class Routes implements RouteListener {

		private final List<Route> routed = new CopyOnWriteArrayList<>();

		private final List<Route> undeclared = new CopyOnWriteArrayList<>();

		private final List<Position> dropped = new CopyOnWriteArrayList<>();

		@Override
		public void routed(Route route) {
			this.routed.add(route);
		}

		@Override
		public void undeclaredRead(Route route) {
			this.undeclared.add(route);
		}

		@Override
		public void dropped(Position position) {
			this.dropped.add(position);
		}

		void clear() {
			this.routed.clear();
			this.undeclared.clear();
			this.dropped.clear();
		}

		Route last() {
			return this.routed.get(this.routed.size() - 1);
		}

		List<Route> reads() {
			return this.routed.stream().filter((route) -> route.reason() != RouteReason.WRITE).toList();
		}

	}

	private record Request(@Nullable PositionScope caller) implements PositionCarrier {

		@Override
		public @Nullable Position get(String database) {
			return null;
		}

		@Override
		public void advance(Position position) {
			throw new IllegalStateException("Nothing is written");
		}

		@Override
		public void forget(Position position) {
			throw new IllegalStateException("Nothing is pending");
		}

	}

}
