package io.uno.routing.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.uno.datasource.Node;
import io.uno.datasource.Position;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.Access;
import io.uno.routing.DatabaseReason;
import io.uno.routing.PositionScope;
import io.uno.routing.Route;
import io.uno.routing.RouteReason;
import io.uno.routing.RoutingTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
class UnoRoutingMetricsAutoConfigurationTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(1);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, UnoRoutingMetricsAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, DataSourcePoolMetricsAutoConfiguration.class));

	private final ApplicationContextRunner metricsRunner = this.runner
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));

	private static String[] databases() {
		return new String[] { "uno.default-database=atlas", "uno.databases.atlas.url=" + cluster.primary().jdbcUrl(),
				"uno.databases.atlas.username=" + cluster.username(),
				"uno.databases.atlas.password=" + cluster.password(),
				"uno.databases.atlas.replicas.east.url=" + cluster.replica("replica-1").jdbcUrl(),
				"uno.databases.journal.url=" + cluster.primary().jdbcUrl(),
				"uno.databases.journal.username=" + cluster.username(),
				"uno.databases.journal.password=" + cluster.password() };
	}

	@AfterEach
	void heal() {
		cluster.heal();
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void countsRoutesByDatabaseNodeAccessAndReason() {
		this.metricsRunner.withPropertyValues(databases()).run((context) -> {
			update(context);
			update(context);
			read(context);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("uno.routing.decisions")
				.tags("database", "atlas", "node", "atlas.main", "access", "write", "reason", "write")
				.functionCounter()
				.count()).isEqualTo(2);
			assertThat(registry.get("uno.routing.decisions")
				.tags("database", "atlas", "node", "atlas.east", "access", "read")
				.functionCounter()
				.count()).isEqualTo(1);
			assertThat(registry.get("uno.routing.decisions").meters()).hasSize(2);
		});
	}

	@Test
	void measuresWhichReplicasAreWithinReach() {
		this.metricsRunner.withPropertyValues(databases())
			.withPropertyValues("uno.reads.probe-interval=50ms")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				Gauge state = registry.get("uno.node.state").tags("database", "atlas", "node", "atlas.east").gauge();
				Gauge main = registry.get("uno.node.state").tags("node", "atlas.main").gauge();
				assertThat(registry.get("uno.node.state").meters()).hasSize(2);
				assertThat(main.value()).isOne();
				assertThat(state.value()).isOne();
				cluster.replica("replica-1").stop();
				Awaitility.await().untilAsserted(() -> assertThat(state.value()).isZero());
				cluster.replica("replica-1").start();
				Awaitility.await().untilAsserted(() -> assertThat(state.value()).isOne());
			});
	}

	@Test
	void measuresTheLagOfReplicas() {
		this.metricsRunner.withPropertyValues(databases())
			.withPropertyValues("uno.reads.probe-interval=50ms", "uno.reads.max-lag=30s")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(tags(registry, "uno.replica.lag", "node")).containsExactly("atlas.east");
				Gauge lag = registry.get("uno.replica.lag").tag("database", "atlas").gauge();
				Gauge bytes = registry.get("uno.replica.lag.bytes").tag("node", "atlas.east").gauge();
				Awaitility.await().untilAsserted(() -> assertThat(lag.value()).isZero());
				cluster.replica("replica-1").pauseReplay();
				new JdbcTemplate(cluster.primary().dataSource())
					.execute("create table lagging as select generate_series(1, 1000) as id; drop table lagging");
				Awaitility.await().untilAsserted(() -> {
					assertThat(lag.value()).isPositive();
					assertThat(bytes.value()).isPositive();
				});
				cluster.replica("replica-1").resumeReplay();
				Awaitility.await().untilAsserted(() -> assertThat(bytes.value()).isZero());
			});
	}

	@Test
	void timesWhatAReadWaitsForItsOwnWrites() {
		this.metricsRunner.withPropertyValues(databases()).run((context) -> {
			RoutingTemplate caller = context.getBean(RoutingTemplate.class).scope(PositionScope.of("job", "wait"));
			cluster.replica("replica-1").pauseReplay();
			caller.run(() -> {
				context.getBean(JdbcTemplate.class).execute("create table waiting (id int)");
				read(context);
			});
			cluster.replica("replica-1").resumeReplay();
			Timer timer = context.getBean(MeterRegistry.class)
				.get("uno.position.wait")
				.tags("node", "atlas.east", "reached", "false")
				.timer();
			assertThat(timer.count()).isOne();
			assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(50);
			context.getBean(JdbcTemplate.class).execute("drop table waiting");
		});
	}

	@Test
	void timesWaitsForPositions() {
		RouteMetrics metrics = new RouteMetrics();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		metrics.bindTo(registry);
		Node east = Node.main("atlas");
		metrics.waited(east, Duration.ofMillis(3), true);
		metrics.waited(east, Duration.ofMillis(5), true);
		metrics.waited(east, Duration.ofMillis(50), false);
		assertThat(registry.get("uno.position.wait").tag("reached", "true").timer())
			.satisfies((timer) -> assertThat(timer.count()).isEqualTo(2))
			.satisfies((timer) -> assertThat(timer.max(TimeUnit.MILLISECONDS)).isEqualTo(5));
		assertThat(registry.get("uno.position.wait").tag("reached", "false").timer().count()).isOne();
	}

	@Test
	void countsDroppedPositionsAndUndeclaredReads() {
		RouteMetrics metrics = new RouteMetrics();
		metrics.dropped(new Position("atlas", 1, 100));
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		metrics.bindTo(registry);
		metrics.dropped(new Position("atlas", 1, 200));
		metrics.undeclaredRead(new Route(Node.main("journal"), Access.WRITE, RouteReason.WRITE, DatabaseReason.SCOPE));
		assertThat(registry.get("uno.positions.dropped").tag("database", "atlas").functionCounter().count())
			.isEqualTo(2);
		assertThat(registry.get("uno.routing.undeclared.reads").tag("database", "journal").functionCounter().count())
			.isOne();
	}

	@Test
	void countsTransactionsThatOnlyReadWithoutSayingSo() {
		this.metricsRunner.withPropertyValues(databases()).run((context) -> {
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((status) -> context.getBean(JdbcTemplate.class).queryForList("select 1"));
			assertThat(context.getBean(MeterRegistry.class)
				.get("uno.routing.undeclared.reads")
				.tag("database", "atlas")
				.functionCounter()
				.count()).isOne();
		});
	}

	@Test
	void routesThatDifferInTheReasonOfTheirDatabaseAreSummedUp() {
		RouteMetrics metrics = new RouteMetrics();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		metrics.bindTo(registry);
		for (DatabaseReason reason : DatabaseReason.values()) {
			metrics.routed(new Route(Node.main("atlas"), Access.WRITE, RouteReason.WRITE, reason));
			metrics.routed(new Route(Node.main("atlas"), Access.WRITE, RouteReason.WRITE, reason));
		}
		assertThat(registry.getMeters()).hasSize(1);
		assertThat(registry.get("uno.routing.decisions").functionCounter().count()).isEqualTo(10);
	}

	@Test
	void countsWhatWasRoutedBeforeThereWasARegistry() {
		RouteMetrics metrics = new RouteMetrics();
		Route route = new Route(Node.main("atlas"), Access.READ, RouteReason.NO_REPLICA, DatabaseReason.DEFAULT);
		metrics.routed(route);
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		metrics.bindTo(registry);
		metrics.routed(new Route(Node.main("atlas"), Access.READ, RouteReason.NO_REPLICA, DatabaseReason.DEFAULT));
		assertThat(registry.get("uno.routing.decisions").tag("reason", "no-replica").functionCounter().count())
			.isEqualTo(2);
		SimpleMeterRegistry second = new SimpleMeterRegistry();
		metrics.bindTo(second);
		metrics.routed(new Route(Node.main("atlas"), Access.WRITE, RouteReason.WRITE, DatabaseReason.DEFAULT));
		assertThat(List.of(registry, second)).allSatisfy((each) -> assertThat(each.getMeters()).hasSize(2));
	}

	@Test
	void usingTheDataSourceEarlyCreatesNoRegistryEarly() {
		this.metricsRunner.withPropertyValues(databases()).withInitializer((context) -> {
			context
				.addBeanFactoryPostProcessor((beanFactory) -> beanFactory.addBeanPostProcessor(new BeanPostProcessor() {
					@Override
					public Object postProcessAfterInitialization(Object bean, String name) {
						if (bean instanceof DataSource && name.equals("dataSource")) {
							new JdbcTemplate((DataSource) bean).queryForObject("select 1", Integer.class);
							assertThat(beanFactory.containsSingleton("simpleMeterRegistry")).isFalse();
						}
						return bean;
					}
				}));
		})
			.run((context) -> assertThat(context.getBean(MeterRegistry.class)
				.get("uno.routing.decisions")
				.tag("node", "atlas.main")
				.functionCounter()
				.count()).isGreaterThanOrEqualTo(1));
	}

	@Test
	void poolMetricsHaveOneSeriesPerNode() {
		this.metricsRunner.withPropertyValues(databases()).run((context) -> {
			open(context, "atlas.main", "atlas.east", "journal.main");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(tags(registry, "hikaricp.connections", "pool"))
					.containsExactlyInAnyOrder("atlas.main", "atlas.east", "journal.main"));
			assertThat(tags(registry, "hikaricp.connections.usage", "pool")).containsExactlyInAnyOrder("atlas.main",
					"atlas.east", "journal.main");
			assertThat(tags(registry, "jdbc.connections.max", "name")).containsExactlyInAnyOrder("dataSource",
					"atlas.main", "atlas.east", "journal.main");
		});
	}

	@Test
	void poolMetricsOfBootsDataSourceAndItsReplicaAreApart() {
		this.metricsRunner
			.withPropertyValues("spring.datasource.url=" + cluster.primary().jdbcUrl(),
					"spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password(), "spring.datasource.hikari.pool-name=shop",
					"uno.replicas.east.url=" + cluster.replica("replica-1").jdbcUrl())
			.run((context) -> {
				update(context);
				read(context);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(tags(registry, "hikaricp.connections", "pool")).containsExactlyInAnyOrder("shop",
						"default.east");
				assertThat(tags(registry, "jdbc.connections.max", "name")).containsExactlyInAnyOrder("dataSource",
						"default.east");
				assertThat(tags(registry, "uno.routing.decisions", "node")).containsExactlyInAnyOrder("default.main",
						"default.east");
			});
	}

	@Test
	void isAbsentWhereNothingIsDeclared() {
		this.metricsRunner.withPropertyValues("spring.datasource.url=" + cluster.primary().jdbcUrl(),
				"spring.datasource.username=" + cluster.username(), "spring.datasource.password=" + cluster.password())
			.run((context) -> assertThat(context).doesNotHaveBean(RouteMetrics.class)
				.doesNotHaveBean(NodeMetrics.class));
	}

	@Test
	void isAbsentWithoutARegistry() {
		this.runner.withPropertyValues(databases()).run((context) -> {
			update(context);
			assertThat(context).hasNotFailed().doesNotHaveBean(RouteMetrics.class);
		});
	}

	@Test
	void isAbsentWithoutMicrometer() {
		this.runner.withPropertyValues(databases())
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> {
				update(context);
				assertThat(context).hasNotFailed().doesNotHaveBean("routeMetrics").doesNotHaveBean("nodeMetrics");
			});
	}

	private static void update(ApplicationContext context) {
		context.getBean(JdbcTemplate.class).execute("create temporary table if not exists visit (id int)");
	}

	private static void read(ApplicationContext context) {
		TransactionTemplate reading = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		reading.setReadOnly(true);
		reading.executeWithoutResult((status) -> context.getBean(JdbcTemplate.class).queryForList("select 1"));
	}

	private static void open(ApplicationContext context, String... pools) {
		for (String pool : pools) {
			new JdbcTemplate(context.getBean(pool, DataSource.class)).queryForList("select 1");
		}
	}

	private static Collection<String> tags(MeterRegistry registry, String meter, String tag) {
		return registry.get(meter)
			.meters()
			.stream()
			.map(Meter::getId)
			.map((id) -> Objects.requireNonNull(id.getTag(tag)))
			.toList();
	}

}
