package io.uno.routing.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.datasource.Node;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.Route;
import io.uno.routing.RouteReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the choice among replicas whose pools have one connection each.
 */
@Tag("postgres")
class ReplicaChoiceTests {

	private static RoutedApplication application;

	private final JdbcTemplate jdbc = application.bean(JdbcTemplate.class);

	private final DatabaseClaims claims = application.bean(DatabaseClaims.class);

	@BeforeAll
	static void start() {
		application = new RoutedApplication("--uno.databases.atlas.replicas.west.weight=2",
				"--uno.databases.atlas.replicas.east.hikari.maximum-pool-size=1",
				"--uno.databases.atlas.replicas.west.hikari.maximum-pool-size=1",
				"--uno.databases.atlas.replicas.east.hikari.connection-timeout=250",
				"--uno.databases.atlas.replicas.west.hikari.connection-timeout=250");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void readsAreSharedByWeight() {
		Map<String, Long> reads = Stream.generate(() -> read(this::route))
			.limit(30)
			.map((route) -> route.node().id())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(reads).isEqualTo(Map.of("atlas.east", 10L, "atlas.west", 20L));
	}

	@Test
	void readGoesToThePrimaryWhileTheReplicasAreBusy() {
		List<Route> routes = nestedReads(3);
		assertThat(routes).extracting(Route::node).extracting(Node::id).last().isEqualTo("atlas.main");
		assertThat(routes).extracting(Route::reason)
			.containsExactly(RouteReason.REPLICA_IN_TURN, RouteReason.REPLICA_IN_TURN, RouteReason.REPLICAS_BUSY);
	}

	private List<Route> nestedReads(int depth) {
		return read(() -> {
			List<Route> routes = new ArrayList<>(List.of(route()));
			if (depth > 1) {
				routes.addAll(nestedReads(depth - 1));
			}
			return routes;
		});
	}

	private Route route() {
		this.jdbc.queryForObject("select 1", Integer.class);
		return this.claims.currentRoute().orElseThrow();
	}

	private <T> T read(Supplier<T> work) {
		TransactionTemplate transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		transaction.setReadOnly(true);
		transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return transaction.<T>execute((status) -> work.get());
	}

}
