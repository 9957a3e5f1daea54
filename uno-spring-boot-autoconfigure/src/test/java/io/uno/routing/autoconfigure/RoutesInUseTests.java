package io.uno.routing.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.uno.datasource.Node;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.Access;
import io.uno.routing.DatabaseReason;
import io.uno.routing.Route;
import io.uno.routing.RouteReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoutesInUse}, and for what tells of them: the log and observations.
 */
@Tag("postgres")
class RoutesInUseTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(1);

	private static final Route MAIN = new Route(Node.main("shop"), Access.WRITE, RouteReason.WRITE,
			DatabaseReason.DEFAULT);

	private static final Route READ = new Route(Node.main("shop"), Access.READ, RouteReason.NO_REPLICA,
			DatabaseReason.DEFAULT);

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void linesOfTheLogNameTheNodeOfTheTransaction() {
		ShopRunner.withReplica(cluster).run((context) -> {
			List<Optional<String>> nodes = new ArrayList<>();
			transaction(context, false).executeWithoutResult((writing) -> {
				nodes.add(node());
				context.getBean(JdbcTemplate.class).execute("select 1");
				nodes.add(node());
				transaction(context, true).executeWithoutResult((reading) -> {
					context.getBean(JdbcTemplate.class).execute("select 1");
					nodes.add(node());
				});
				nodes.add(node());
			});
			transaction(context, true).executeWithoutResult((reading) -> {
				context.getBean(JdbcTemplate.class).execute("select 1");
				nodes.add(node());
			});
			nodes.add(node());
			assertThat(nodes).containsExactly(Optional.empty(), Optional.of("default.main"),
					Optional.of("default.main"), Optional.of("default.main"), Optional.of("default.east"),
					Optional.empty());
		});
	}

	@Test
	void nothingIsLeftInTheLogAfterAStatementOutsideOfTransactions() {
		ShopRunner.withReplica(cluster).run((context) -> {
			context.getBean(JdbcTemplate.class)
				.query("select 1",
						(RowCallbackHandler) (row) -> assertThat(MDC.get("uno.node")).isEqualTo("default.main"));
			assertThat(node()).isEmpty();
		});
	}

	@Test
	void secondConnectionOfATransactionLeavesTheNodeInTheLog() {
		ShopRunner.withReplica(cluster).run((context) -> transaction(context, false).executeWithoutResult((status) -> {
			context.getBean(JdbcTemplate.class).execute("select 1");
			SingleConnectionDataSource second = new SingleConnectionDataSource(
					open(context.getBean("dataSource", DataSource.class)), false);
			new JdbcTemplate(second).execute("select 1");
			second.destroy();
			assertThat(node()).contains("default.main");
		}));
		assertThat(node()).isEmpty();
	}

	private static Connection open(DataSource dataSource) {
		try {
			return dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void isAbsentWithoutItsLibraries() {
		ShopRunner.withReplica(cluster)
			.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
			.run((context) -> assertThat(ShopRunner.readsFromReplica(context)).isTrue());
	}

	@Test
	void routeBelowTheCurrentOneMayBeReleasedFirst() {
		List<@Nullable Route> current = new ArrayList<>();
		RoutesInUse routes = new RoutesInUse(current::add);
		routes.routed(MAIN);
		routes.routed(READ);
		routes.released(MAIN);
		routes.released(READ);
		routes.released(READ);
		assertThat(current).containsExactly(MAIN, READ, READ, null, null);
		assertThat(routes.current()).isNull();
	}

	@Test
	void observationsTellOfTheRoute() {
		RoutesInUse routes = new RoutesInUse((route) -> {
		});
		RouteObservationFilter filter = new RouteObservationFilter(routes);
		assertThat(filter.map(named("shop.visit")).getAllKeyValues()).isEmpty();
		assertThat(filter.map(named("jdbc.query")).getLowCardinalityKeyValues()).containsExactly(
				KeyValue.of("uno.database", "none"), KeyValue.of("uno.node", "none"),
				KeyValue.of("uno.reason", "none"));
		routes.routed(READ);
		KeyValue[] told = { KeyValue.of("uno.database", "shop"), KeyValue.of("uno.node", "shop.main"),
				KeyValue.of("uno.reason", "no-replica") };
		assertThat(filter.map(named("jdbc.query")).getLowCardinalityKeyValues()).containsExactly(told);
		assertThat(filter.map(named("shop.visit")).getHighCardinalityKeyValues()).containsExactly(told);
		assertThat(filter.map(named("shop.visit")).getLowCardinalityKeyValues()).isEmpty();
	}

	private static Observation.Context named(String name) {
		Observation.Context context = new Observation.Context();
		context.setName(name);
		return context;
	}

	private static Optional<String> node() {
		return Optional.ofNullable(MDC.get("uno.node"));
	}

	private static TransactionTemplate transaction(BeanFactory beans, boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(beans.getBean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return transaction;
	}

}
