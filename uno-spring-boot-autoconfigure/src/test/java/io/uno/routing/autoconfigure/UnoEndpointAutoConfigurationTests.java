package io.uno.routing.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import javax.sql.DataSource;

import io.uno.datasource.Databases;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.autoconfigure.ReadsProperties;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.Route;
import io.uno.routing.RouteListener;
import io.uno.routing.autoconfigure.UnoEndpoint.DatabaseDescriptor;
import io.uno.routing.autoconfigure.UnoEndpoint.NodeDescriptor;
import io.uno.routing.autoconfigure.UnoEndpoint.PoolDescriptor;
import io.uno.routing.autoconfigure.UnoEndpoint.ReadsDescriptor;
import io.uno.routing.autoconfigure.UnoEndpoint.RouteDescriptor;
import io.uno.routing.autoconfigure.UnoEndpoint.UnoDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@Tag("postgres")
class UnoEndpointAutoConfigurationTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(1);

	private final ApplicationContextRunner hiddenRunner = ShopRunner.withReplica(cluster)
		.withConfiguration(AutoConfigurations.of(UnoEndpointAutoConfiguration.class))
		.withPropertyValues("uno.roles=clerk", "uno.reads.probe-interval=50ms");

	private final ApplicationContextRunner runner = this.hiddenRunner
		.withPropertyValues("management.endpoints.web.exposure.include=uno");

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void tellsOfBootsDataSourceAndItsReplicas() {
		this.runner
			.withPropertyValues("spring.datasource.hikari.pool-name=shop",
					"spring.datasource.hikari.maximum-pool-size=7", "uno.replicas.east.weight=3",
					"uno.replicas.east.hikari.minimum-idle=2")
			.run((context) -> {
				UnoDescriptor descriptor = context.getBean(UnoEndpoint.class).uno();
				assertThat(descriptor.routed()).isTrue();
				assertThat(descriptor.defaultDatabase()).isEqualTo("default");
				assertThat(descriptor.databases()).containsOnlyKeys("default");
				DatabaseDescriptor database = Objects.requireNonNull(descriptor.databases().get("default"));
				assertThat(database.reads()).isEqualTo(new ReadsDescriptor("own-writes", "all", "round-robin",
						Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(50),
						Duration.ofMillis(100)));
				assertThat(database.roles()).containsExactly("clerk");
				assertThat(database.nodes()).containsOnlyKeys("main", "east");
				NodeDescriptor main = Objects.requireNonNull(database.nodes().get("main"));
				assertThat(main).extracting(NodeDescriptor::replica, NodeDescriptor::duty, NodeDescriptor::weight)
					.containsExactly(false, "primary", null);
				assertThat(main.pool())
					.extracting(PoolDescriptor::name, PoolDescriptor::maximumPoolSize, PoolDescriptor::minimumIdle,
							PoolDescriptor::connectionTimeout)
					.containsExactly("shop", 7, 7, 30_000L);
				NodeDescriptor east = Objects.requireNonNull(database.nodes().get("east"));
				assertThat(east).extracting(NodeDescriptor::replica, NodeDescriptor::weight).containsExactly(true, 3);
				assertThat(east.pool())
					.extracting(PoolDescriptor::name, PoolDescriptor::maximumPoolSize, PoolDescriptor::minimumIdle,
							PoolDescriptor::connectionTimeout)
					.containsExactly("default.east", 7, 2, 1_000L);
			});
	}

	@Test
	void settingsAreTheSameBeforeAndAfterThePoolIsOpened() {
		this.runner.run((context) -> {
			PoolDescriptor before = pool(context.getBean(UnoEndpoint.class));
			assertThat(ShopRunner.readsFromReplica(context)).isTrue();
			assertThat(pool(context.getBean(UnoEndpoint.class))).isEqualTo(before);
		});
	}

	private static PoolDescriptor pool(UnoEndpoint endpoint) {
		DatabaseDescriptor database = Objects.requireNonNull(endpoint.uno().databases().get("default"));
		return Objects.requireNonNull(Objects.requireNonNull(database.nodes().get("east")).pool());
	}

	@Test
	void tellsOfRoutesNewestFirst() {
		this.runner.run((context) -> {
			context.getBean(JdbcTemplate.class).queryForList("select 1");
			ShopRunner.readsFromReplica(context);
			UnoDescriptor descriptor = context.getBean(UnoEndpoint.class).uno();
			assertThat(descriptor.recentRoutes())
				.extracting(RouteDescriptor::database, RouteDescriptor::node, RouteDescriptor::access,
						RouteDescriptor::reason, RouteDescriptor::databaseReason)
				.startsWith(tuple("default", "default.east", "read", "replica-in-turn", "default"),
						tuple("default", "default.main", "write", "write", "default"));
			assertThat(descriptor.recentRoutes()).extracting(RouteDescriptor::time)
				.isSortedAccordingTo((one, other) -> other.compareTo(one));
		});
	}

	@Test
	void isExposedToJmxAlone() {
		this.hiddenRunner.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=uno")
			.run((context) -> assertThat(context).hasSingleBean(UnoEndpoint.class));
	}

	@Test
	void isAbsentAndKeepsNoRoutesUnlessExposed() {
		this.hiddenRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(UnoEndpoint.class)
			.doesNotHaveBean(RecentRoutes.class));
	}

	@Test
	void isSwitchedOffAsBootsEndpointsAre() {
		this.runner.withPropertyValues("management.endpoint.uno.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(UnoEndpoint.class)
				.doesNotHaveBean(RecentRoutes.class));
	}

	@Test
	void isAbsentWhereNothingIsDeclared() {
		ShopRunner.withoutDataSource()
			.withConfiguration(AutoConfigurations.of(UnoEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=uno",
					"spring.datasource.url=" + cluster.primary().jdbcUrl())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UnoEndpoint.class));
	}

	@Test
	void isAbsentWithoutActuator() {
		ApplicationContextRunner read = new ApplicationContextRunner().withUserConfiguration(ReadAsBootDoes.class)
			.withPropertyValues(ShopRunner.properties(cluster))
			.withPropertyValues("management.endpoints.web.exposure.include=uno");
		read.run((context) -> assertThat(context).hasSingleBean(UnoEndpoint.class));
		read.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("unoEndpoint").doesNotHaveBean("recentRoutes");
			assertThat(ShopRunner.readsFromReplica(context)).isTrue();
		});
	}

	@Test
	void backsOffFromTheUsersEndpoint() {
		this.runner.withUserConfiguration(OwnEndpointConfiguration.class)
			.run((context) -> assertThat(context).hasSingleBean(UnoEndpoint.class)
				.getBean(UnoEndpoint.class)
				.isSameAs(context.getBean("ownEndpoint")));
	}

	@Test
	void tellsOfTheDataSourceThatIsRoutedWhereThereIsAnother() {
		this.runner.withUserConfiguration(TwoDataSourcesConfiguration.class).run((context) -> {
			UnoDescriptor descriptor = context.getBean(UnoEndpoint.class).uno();
			assertThat(descriptor.routed()).isTrue();
			assertThat(Objects.requireNonNull(descriptor.databases().get("default")).nodes().get("main"))
				.extracting(NodeDescriptor::state, NodeDescriptor::duty, NodeDescriptor::pool)
				.containsExactly("up", "primary", null);
		});
	}

	@Test
	void tellsThatNothingIsRoutedWhereTheDataSourceWasReplaced() {
		this.runner.withUserConfiguration(ReplacedDataSourceConfiguration.class).run((context) -> {
			UnoDescriptor descriptor = context.getBean(UnoEndpoint.class).uno();
			assertThat(descriptor.routed()).isFalse();
			assertThat(descriptor.databases()).isEmpty();
		});
	}

	@Test
	void descriptorsAreReadableInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, UnoEndpoint.class);
		assertThat(UnoEndpoint.class).hasAnnotation(Endpoint.class);
		assertThat(new Class<?>[] { UnoDescriptor.class, DatabaseDescriptor.class, NodeDescriptor.class,
				PoolDescriptor.class, RouteDescriptor.class })
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints));
	}

	@Test
	void everyRouteIsTold() {
		this.runner.withUserConfiguration(CountingListenerConfiguration.class).run((context) -> {
			ShopRunner.writesToReplica(context);
			int told = context.getBean(CountingListenerConfiguration.class).routes;
			assertThat(told).isPositive();
			assertThat(context.getBean(UnoEndpoint.class).uno().recentRoutes()).hasSize(told);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEndpointConfiguration {

		@Bean
		UnoEndpoint ownEndpoint(Databases databases, NodeMonitor monitor, DataSource dataSource,
				ReadsProperties reads) {
			return new UnoEndpoint(databases, monitor, dataSource, (database) -> reads, new RecentRoutes());
		}

	}

	/**
	 * Auto-configurations whose annotations are read without loading them, as those in
	 * the file of imports are.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class,
			UnoEndpointAutoConfiguration.class, DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class })
	static class ReadAsBootDoes {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSourcesConfiguration {

		@Bean
		DataSource dataSource() {
			return cluster.primary().dataSource();
		}

		@Bean
		@Primary
		DataSource other() {
			return new DriverManagerDataSource("jdbc:h2:mem:other");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReplacedDataSourceConfiguration {

		@Bean
		EmbeddedDatabase dataSource() {
			return new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CountingListenerConfiguration implements RouteListener {

		private int routes;

		@Override
		public void routed(Route route) {
			this.routes++;
		}

	}

}
