package io.uno.datasource.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
class UnoDataSourceHealthContributorAutoConfigurationTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(2);

	private final ApplicationContextRunner bootRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, UnoDataSourceHealthContributorAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceHealthContributorAutoConfiguration.class));

	private final ApplicationContextRunner databasesRunner = this.bootRunner
		.withPropertyValues("uno.default-database=atlas", "uno.reads.probe-interval=50ms",
				"uno.hikari.connection-timeout=500")
		.withPropertyValues(connection("uno.databases.atlas", cluster.primary()))
		.withPropertyValues("uno.databases.atlas.replicas.east.url=" + cluster.replica("replica-1").jdbcUrl(),
				"uno.databases.atlas.replicas.west.url=" + cluster.replica("replica-2").jdbcUrl())
		.withPropertyValues(connection("uno.databases.journal", cluster.primary()));

	private final ApplicationContextRunner replicasRunner = this.bootRunner
		.withPropertyValues(connection("spring.datasource", cluster.primary()))
		.withPropertyValues("spring.datasource.hikari.connection-timeout=500",
				"uno.replicas.east.url=" + cluster.replica("replica-1").jdbcUrl(), "uno.reads.probe-interval=50ms");

	private static String[] connection(String prefix, PostgresNode node) {
		return new String[] { prefix + ".url=" + node.jdbcUrl(), prefix + ".username=" + node.username(),
				prefix + ".password=" + node.password() };
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
	void hasOneEntryPerDatabaseWithItsNodesAsDetails() {
		this.databasesRunner.run((context) -> {
			awaitDuty(context, "atlas", "west", "replica");
			awaitDuty(context, "atlas", "east", "replica");
			assertThat(names(context)).containsExactly("atlas", "journal");
			Health atlas = health(context, "atlas");
			assertThat(atlas.getStatus()).isEqualTo(Status.UP);
			assertThat(atlas.getDetails()).containsOnlyKeys("main", "east", "west");
			assertThat(node(atlas, "main")).containsEntry("duty", "primary")
				.containsEntry("state", "up")
				.hasEntrySatisfying("since", (since) -> assertThat(since).isInstanceOf(Instant.class))
				.hasSize(3);
			assertThat(node(atlas, "east")).containsEntry("duty", "replica")
				.containsEntry("state", "up")
				.hasEntrySatisfying("lag", (lag) -> assertThat(lag).isInstanceOf(Duration.class))
				.hasSize(4);
			Health journal = health(context, "journal");
			assertThat(journal.getStatus()).isEqualTo(Status.UP);
			assertThat(journal.getDetails()).containsOnlyKeys("main");
		});
	}

	@Test
	void tellsOfDataSourcesBesideTheDatabases() {
		this.databasesRunner.withBean("other", DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:other"))
			.run((context) -> {
				assertThat(names(context)).containsExactly("atlas", "journal", "other");
				assertThat(health(context, "other").getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void lostReplicaIsADetail() {
		this.databasesRunner.run((context) -> {
			awaitDuty(context, "atlas", "east", "replica");
			cluster.replica("replica-1").stop();
			awaitDuty(context, "atlas", "east", "unknown");
			Health atlas = health(context, "atlas");
			assertThat(atlas.getStatus()).isEqualTo(Status.UP);
			assertThat(node(atlas, "east")).containsEntry("state", "unreachable")
				.hasEntrySatisfying("problem",
						(problem) -> assertThat(problem).asString().isNotBlank().doesNotContain(cluster.password()));
			assertThat(node(atlas, "main")).containsEntry("state", "up");
		});
	}

	@Test
	void promotedReplicaSaysSo() {
		this.databasesRunner.run((context) -> {
			cluster.replica("replica-1").promote();
			awaitDuty(context, "atlas", "east", "primary");
			assertThat(health(context, "atlas").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void lostPrimaryIsDownUntilItIsBack() {
		this.databasesRunner.run((context) -> {
			awaitDuty(context, "atlas", "east", "replica");
			Object since = node(health(context, "atlas"), "main").get("since");
			cluster.primary().stop();
			Health atlas = health(context, "atlas");
			assertThat(atlas.getStatus()).isEqualTo(Status.DOWN);
			assertThat(node(atlas, "main")).containsEntry("duty", "unknown")
				.containsEntry("state", "unreachable")
				.hasEntrySatisfying("problem", (problem) -> assertThat(problem).asString().isNotBlank());
			assertThat(node(atlas, "main").get("since")).isNotEqualTo(since);
			assertThat(node(atlas, "east")).containsEntry("state", "up");
			assertThat(health(context, "journal").getStatus()).isEqualTo(Status.DOWN);
			cluster.primary().start();
			awaitDuty(context, "atlas", "main", "primary");
			Health back = health(context, "atlas");
			assertThat(back.getStatus()).isEqualTo(Status.UP);
			assertThat(node(back, "main")).doesNotContainKey("problem");
			assertThat(node(health(context, "atlas"), "main")).isEqualTo(node(back, "main"));
		});
	}

	@Test
	void bootsOwnDataSourceIsTheDefaultDatabase() {
		this.replicasRunner.run((context) -> {
			awaitDuty(context, "default", "east", "replica");
			assertThat(names(context)).containsExactly("default");
			assertThat(node(health(context, "default"), "main")).containsEntry("duty", "primary");
			cluster.replica("replica-1").stop();
			awaitDuty(context, "default", "east", "unknown");
			assertThat(health(context, "default").getStatus()).isEqualTo(Status.UP);
			cluster.primary().stop();
			assertThat(health(context, "default").getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void leavesBootsContributorAloneWhereNothingIsDeclared() {
		this.bootRunner.withPropertyValues(connection("spring.datasource", cluster.primary())).run((context) -> {
			assertThat(context).hasBean("dbHealthContributor")
				.doesNotHaveBean(UnoDataSourceHealthContributorAutoConfiguration.class);
			assertThat(context.getBean("dbHealthContributor")).isInstanceOf(DataSourceHealthIndicator.class);
		});
	}

	@Test
	void backsOffFromTheUsersContributor() {
		for (Class<?> configuration : new Class<?>[] { OwnContributorConfiguration.class,
				OwnIndicatorConfiguration.class }) {
			this.databasesRunner.withUserConfiguration(configuration)
				.run((context) -> assertThat(context).getBean(HealthContributor.class).isSameAs(OWN));
		}
	}

	@Test
	void isSwitchedOffAsBootsIs() {
		this.databasesRunner.withPropertyValues("management.health.db.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void isAbsentWithoutTheHealthLibrary() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, UnoDataSourceHealthContributorAutoConfiguration.class))
			.withPropertyValues(connection("uno.databases.atlas", cluster.primary()))
			.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("databases")
				.doesNotHaveBean("dbHealthContributor"));
	}

	@Test
	void asksTheDataSourceThatReplacedTheRoutingOne() {
		this.replicasRunner.withUserConfiguration(ReplacedDataSourceConfiguration.class)
			.run((context) -> assertThat(context).getBean("dbHealthContributor")
				.isInstanceOfSatisfying(DataSourceHealthIndicator.class,
						(indicator) -> assertThat(indicator.health().getDetails()).containsEntry("database", "H2")));
	}

	private static void awaitDuty(ApplicationContext context, String database, String node, String duty) {
		Awaitility.await().until(() -> duty.equals(node(health(context, database), node).get("duty")));
	}

	private static Iterable<String> names(ApplicationContext context) {
		return contributors(context).stream().map(HealthContributors.Entry::name).toList();
	}

	private static Health health(ApplicationContext context, String database) {
		HealthContributor contributor = contributors(context).getContributor(database);
		assertThat(contributor).isInstanceOf(HealthIndicator.class);
		return Objects.requireNonNull(((HealthIndicator) Objects.requireNonNull(contributor)).health());
	}

	private static CompositeHealthContributor contributors(ApplicationContext context) {
		return context.getBean("dbHealthContributor", CompositeHealthContributor.class);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> node(Health health, String name) {
		return (Map<String, Object>) Objects.requireNonNull(health.getDetails().get(name));
	}

	private static final HealthIndicator OWN = () -> Health.unknown().build();

	@Configuration(proxyBeanMethods = false)
	static class OwnContributorConfiguration {

		@Bean
		HealthContributor dbHealthContributor() {
			return OWN;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnIndicatorConfiguration {

		@Bean
		HealthContributor dbHealthIndicator() {
			return OWN;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReplacedDataSourceConfiguration {

		@Bean
		EmbeddedDatabase dataSource() {
			return new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
		}

	}

}
