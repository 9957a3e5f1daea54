package io.uno.datasource.autoconfigure;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.ConnectionInitializer;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("postgres")
class ConnectionInitializerTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(0);

	private static final List<String> prepared = new CopyOnWriteArrayList<>();

	private static final AtomicBoolean failing = new AtomicBoolean();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withUserConfiguration(Initializers.class);

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@BeforeEach
	void forget() {
		prepared.clear();
		failing.set(false);
	}

	@Test
	void everyNewConnectionOfBootsPoolIsPreparedOnce() {
		this.runner.withPropertyValues(boot("maximum-pool-size=2")).run((context) -> {
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			for (int i = 0; i < 3; i++) {
				assertThat(spelling(jdbc)).isEqualTo("second");
			}
			assertThat(prepared).containsOnly(pool.getPoolName()).hasSizeLessThanOrEqualTo(2);
			int before = prepared.size();
			pool.getHikariPoolMXBean().softEvictConnections();
			assertThat(spelling(jdbc)).isEqualTo("second");
			assertThat(prepared).hasSizeGreaterThan(before);
			assertThat(pool.getJdbcUrl()).isEqualTo(cluster.primary().jdbcUrl());
		});
	}

	@Test
	void poolsOfDatabasesPrepareTheirs() {
		this.runner.withPropertyValues(properties("uno.databases.atlas.")).run((context) -> {
			assertThat(spelling(new JdbcTemplate(context.getBean("atlas.main", HikariDataSource.class))))
				.isEqualTo("second");
			assertThat(prepared).isNotEmpty().containsOnly("atlas.main");
		});
	}

	@Test
	void poolsOfReplicasPrepareTheirsUnderTheirOwnName() {
		this.runner.withPropertyValues(boot("maximum-pool-size=1"))
			.withPropertyValues("uno.replicas.east.url=" + cluster.primary().jdbcUrl(),
					"spring.datasource.hikari.pool-name=main")
			.run((context) -> {
				assertThat(spelling(new JdbcTemplate(context.getBean("default.east", HikariDataSource.class))))
					.isEqualTo("second");
				assertThat(prepared).contains("default.east");
			});
	}

	@Test
	void failureFailsTheConnectionAndNoOther() {
		this.runner
			.withPropertyValues(boot("maximum-pool-size=1", "connection-timeout=500", "initialization-fail-timeout=-1"))
			.run((context) -> {
				failing.set(true);
				HikariDataSource pool = context.getBean(HikariDataSource.class);
				assertThatExceptionOfType(SQLException.class).isThrownBy(pool::getConnection)
					.havingCause()
					.withMessage("not today");
				assertThat(new JdbcTemplate(cluster.primary().superuserDataSource()).queryForObject(
						"select count(*) from pg_stat_activity where application_name = 'prepared'", Integer.class))
					.isZero();
				failing.set(false);
				assertThat(spelling(new JdbcTemplate(pool))).isEqualTo("second");
			});
	}

	@Test
	void poolIsHikarisAloneWhereNobodyPrepares() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(UnoDataSourceAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues(boot())
			.run((context) -> assertThat(context.getBean(HikariDataSource.class).getDataSource()).isNull());
	}

	private static @Nullable String spelling(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select current_setting('uno_test.spelling', true)", String.class);
	}

	private static String[] boot(String... hikari) {
		String[] properties = properties("spring.datasource.");
		String[] all = new String[properties.length + hikari.length];
		System.arraycopy(properties, 0, all, 0, properties.length);
		for (int i = 0; i < hikari.length; i++) {
			all[properties.length + i] = "spring.datasource.hikari." + hikari[i];
		}
		return all;
	}

	private static String[] properties(String prefix) {
		return Map
			.of("url", cluster.primary().jdbcUrl(), "username", cluster.username(), "password", cluster.password())
			.entrySet()
			.stream()
			.map((entry) -> prefix + entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	static class Initializers {

		@Bean
		@Order(2)
		ConnectionInitializer second() {
			return (connection, pool) -> {
				try (Statement statement = connection.createStatement()) {
					statement.execute("set uno_test.spelling = 'second'");
				}
				prepared.add(pool);
			};
		}

		@Bean
		@Order(1)
		ConnectionInitializer first() {
			return (connection, pool) -> {
				try (Statement statement = connection.createStatement()) {
					statement.execute("set uno_test.spelling = 'first'");
					statement.execute("set application_name = 'prepared'");
				}
				if (failing.get()) {
					throw new SQLException("not today");
				}
			};
		}

	}

}
