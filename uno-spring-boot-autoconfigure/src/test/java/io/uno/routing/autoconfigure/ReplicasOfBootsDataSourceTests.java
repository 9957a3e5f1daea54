package io.uno.routing.autoconfigure;

import java.sql.SQLException;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.RoutingDataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class ReplicasOfBootsDataSourceTests {

	private static PostgresCluster cluster;

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(1);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	private static ApplicationContextRunner shop() {
		return ShopRunner.withReplica(cluster);
	}

	@Test
	void readOnlyTransactionsGoToTheReplicaAndEverythingElseToThePrimary(CapturedOutput output) {
		shop().run((context) -> {
			assertThat(ShopRunner.readsFromReplica(context)).isTrue();
			assertThat(ShopRunner.writesToReplica(context)).isFalse();
		});
		assertThat(output).contains(
				"Routing default (default): read-only transactions to default.east, everything else to default.main");
	}

	@Test
	void theReplicaHasUserPasswordDriverAndPoolSettingsOfBootsDataSource() {
		shop()
			.withPropertyValues("spring.datasource.driver-class-name=org.postgresql.Driver",
					"spring.datasource.hikari.maximum-pool-size=7", "spring.datasource.hikari.minimum-idle=0",
					"spring.datasource.hikari.connection-init-sql=set application_name = 'shop'",
					"spring.datasource.hikari.pool-name=shop",
					"spring.datasource.hikari.data-source-properties.tcpKeepAlive=true")
			.run((context) -> {
				HikariDataSource east = context.getBean("default.east", HikariDataSource.class);
				assertThat(east.getUsername()).isEqualTo(cluster.username());
				assertThat(east.getPassword()).isEqualTo(cluster.password());
				assertThat(east.getDriverClassName()).isEqualTo("org.postgresql.Driver");
				assertThat(east.getMaximumPoolSize()).isEqualTo(7);
				assertThat(east.getMinimumIdle()).isZero();
				assertThat(east.getConnectionInitSql()).isEqualTo("set application_name = 'shop'");
				assertThat(east.getDataSourceProperties()).containsEntry("tcpKeepAlive", "true");
				assertThat(east.getPoolName()).isEqualTo("default.east");
				assertThat(ShopRunner.readsFromReplica(context)).isTrue();
			});
	}

	@Test
	void whatTheReplicaSaysItselfWins() {
		shop()
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=7", "uno.replicas.east.username=nobody",
					"uno.replicas.east.hikari.maximum-pool-size=2", "uno.hikari.minimum-idle=0")
			.run((context) -> {
				HikariDataSource east = context.getBean("default.east", HikariDataSource.class);
				assertThat(east.getUsername()).isEqualTo("nobody");
				assertThat(east.getPassword()).isEqualTo(cluster.password());
				assertThat(east.getMaximumPoolSize()).isEqualTo(2);
				assertThat(east.getMinimumIdle()).isZero();
			});
	}

	@Test
	void theReplicaHasTheSettingsOfAPoolThatTheApplicationMade() {
		ShopRunner.withoutDataSource()
			.withPropertyValues("uno.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl())
			.withUserConfiguration(OwnPool.class)
			.run((context) -> {
				HikariDataSource east = context.getBean("default.east", HikariDataSource.class);
				assertThat(east.getUsername()).isEqualTo(cluster.username());
				assertThat(east.getMaximumPoolSize()).isEqualTo(3);
				assertThat(ShopRunner.readsFromReplica(context)).isTrue();
				assertThat(ShopRunner.writesToReplica(context)).isFalse();
			});
	}

	@Test
	void theReplicaDoesNotTakeOverADataSourceThatLeadsToThePrimary() {
		ShopRunner.withoutDataSource()
			.withPropertyValues("uno.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl(),
					"uno.replicas.east.username=" + cluster.username(),
					"uno.replicas.east.password=" + cluster.password())
			.withUserConfiguration(PoolOfDataSource.class)
			.run((context) -> {
				assertThat(ShopRunner.readsFromReplica(context)).isTrue();
				assertThat(ShopRunner.writesToReplica(context)).isFalse();
			});
	}

	@Test
	void theReplicaHasUserAndPasswordOfConnectionDetails() {
		ShopRunner.withoutDataSource()
			.withPropertyValues("uno.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl(),
					"spring.datasource.url=jdbc:postgresql://nowhere/shop", "spring.datasource.username=nobody")
			.withUserConfiguration(Details.class)
			.run((context) -> {
				assertThat(context.getBean("default.east", HikariDataSource.class).getUsername())
					.isEqualTo(cluster.username());
				assertThat(ShopRunner.readsFromReplica(context)).isTrue();
				assertThat(ShopRunner.writesToReplica(context)).isFalse();
			});
	}

	@Test
	void unwrappingLeadsToThePrimarysPool() {
		shop().withPropertyValues("spring.datasource.hikari.pool-name=shop").run((context) -> {
			DataSource dataSource = context.getBean(DataSource.class);
			assertThat(dataSource).isInstanceOf(RoutingDataSource.class);
			assertThat(dataSource.isWrapperFor(HikariDataSource.class)).isTrue();
			assertThat(dataSource.unwrap(HikariDataSource.class).getPoolName()).isEqualTo("shop");
		});
	}

	@Test
	void bootsMetricsTellOfBothPools() {
		shop().withConfiguration(AutoConfigurations.of(DataSourcePoolMetricsAutoConfiguration.class))
			.withPropertyValues("spring.datasource.hikari.pool-name=shop",
					"spring.datasource.hikari.maximum-pool-size=7")
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
				ShopRunner.readsFromReplica(context);
				ShopRunner.writesToReplica(context);
				assertThat(registry.get("hikaricp.connections.max").tag("pool", "shop").gauge().value()).isEqualTo(7);
				assertThat(registry.get("hikaricp.connections.max").tag("pool", "default.east").gauge().value())
					.isEqualTo(7);
				assertThat(registry.get("jdbc.connections.max").tag("name", "dataSource").gauge().value()).isEqualTo(7);
				assertThat(registry.get("jdbc.connections.max").tag("name", "default.east").gauge().value())
					.isEqualTo(7);
			});
	}

	@Test
	void flywayMigratesOverThePrimarysOwnPool() {
		withFlyway("flyway_own_pool").run((context) -> {
			HikariDataSource pool = context.getBean(DataSource.class).unwrap(HikariDataSource.class);
			assertThat(context.getBean(Flyway.class).getConfiguration().getDataSource()).isSameAs(pool);
			assertThat(items(context, "flyway_own_pool")).isOne();
		});
	}

	@Test
	void flywayMayHaveAUserOfItsOwn() {
		withFlyway("flyway_own_user")
			.withPropertyValues("spring.flyway.user=" + cluster.username(),
					"spring.flyway.password=" + cluster.password())
			.run((context) -> assertThat(items(context, "flyway_own_user")).isOne());
	}

	@Test
	void flywayKeepsADataSourceOfItsOwn() {
		withFlyway("flyway_own_source").withUserConfiguration(OwnFlywayDataSource.class).run((context) -> {
			assertThat(context.getBean(Flyway.class).getConfiguration().getDataSource())
				.isSameAs(context.getBean("flywayDataSource"));
			assertThat(items(context, "flyway_own_source")).isOne();
		});
	}

	@Test
	void customizersOfTheApplicationHaveTheLastWordOnFlyway() {
		DataSource other = cluster.primary().dataSource();
		withFlyway("flyway_customized")
			.withBean(FlywayConfigurationCustomizer.class, () -> (configuration) -> configuration.dataSource(other))
			.run((context) -> assertThat(context.getBean(Flyway.class).getConfiguration().getDataSource())
				.isSameAs(other));
	}

	private static ApplicationContextRunner withFlyway(String schema) {
		return shop().withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class))
			.withPropertyValues("spring.flyway.locations=classpath:io/uno/routing/autoconfigure/shop",
					"spring.flyway.schemas=" + schema);
	}

	private static int items(ApplicationContext context, String schema) {
		return context.getBean(JdbcTemplate.class)
			.queryForObject("select count(*) from " + schema + ".item", Integer.class);
	}

	@Test
	void bootsLazyConnectionsWorkBesideIt() {
		shop().withPropertyValues("spring.datasource.connection-fetch=lazy").run((context) -> {
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			assertThat(context.getBean(RoutingDataSource.class).getResolvedDefaultDataSource())
				.isInstanceOf(LazyConnectionDataSourceProxy.class);
			assertThat(context.getBean(DataSource.class).unwrap(HikariDataSource.class)).isNotNull();
			assertThat(ShopRunner.readsFromReplica(context)).isTrue();
			assertThat(ShopRunner.writesToReplica(context)).isFalse();
		});
	}

	@Test
	void bothPoolsAreClosedWithTheApplication() throws SQLException {
		HikariDataSource[] pools = new HikariDataSource[2];
		shop().run((context) -> {
			pools[0] = context.getBean(DataSource.class).unwrap(HikariDataSource.class);
			pools[1] = context.getBean("default.east", HikariDataSource.class);
		});
		assertThat(pools).allMatch(HikariDataSource::isClosed);
	}

	@Test
	void aDataSourceOfAnotherNameIsNotTakenForBoots() {
		ShopRunner.withoutDataSource()
			.withPropertyValues("uno.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl())
			.withBean("other", DataSource.class, () -> cluster.primary().dataSource())
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining(
						"Property 'uno.replicas' needs a data source bean called 'dataSource', but there is only other"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPool {

		@Bean
		HikariDataSource dataSource() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(cluster.primary().jdbcUrl());
			pool.setUsername(cluster.username());
			pool.setPassword(cluster.password());
			pool.setMaximumPoolSize(3);
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PoolOfDataSource {

		@Bean
		HikariDataSource dataSource() {
			HikariDataSource pool = new HikariDataSource();
			pool.setDataSourceClassName(PGSimpleDataSource.class.getName());
			Properties properties = new Properties();
			properties.put("url", cluster.primary().jdbcUrl());
			properties.put("user", cluster.username());
			properties.put("password", cluster.password());
			pool.setDataSourceProperties(properties);
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Details {

		@Bean
		JdbcConnectionDetails jdbcConnectionDetails(Environment environment) {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return cluster.username();
				}

				@Override
				public String getPassword() {
					return cluster.password();
				}

				@Override
				public String getJdbcUrl() {
					return cluster.primary().jdbcUrl();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFlywayDataSource {

		@Bean(defaultCandidate = false)
		@FlywayDataSource
		DataSource flywayDataSource() {
			return cluster.primary().dataSource();
		}

	}

}
