package io.uno.docs;

import java.sql.SQLException;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts applications with the properties that the page on databases shows.
 */
class DatabasesGuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class));

	@Test
	void replicaIsNamedBesideBootsDataSource() {
		this.runner.withInitializer(new YamlFile("docs/one-database.yml"))
			.withPropertyValues("SHOP_PASSWORD=secret")
			.run((context) -> {
				assertThat(context.getBean(Databases.class).getDefault().replicas())
					.containsExactly(Node.replica("default", "east", 1));
				assertPool(context.getBean("dataSource", DataSource.class), "jdbc:postgresql://db-1/shop", "shop");
				assertPool(context.getBean("default.east", DataSource.class), "jdbc:postgresql://db-2/shop", "shop");
			});
	}

	@Test
	void poolIsInjectedByTheNameOfItsNode() {
		this.runner.withInitializer(new YamlFile("docs/databases.yml"))
			.withPropertyValues("ATLAS_PASSWORD=secret", "JOURNAL_PASSWORD=secret")
			.withBean(Pools.class)
			.run((context) -> {
				Databases databases = context.getBean(Databases.class);
				assertThat(databases.getDefault().name()).isEqualTo("atlas");
				assertThat(databases.get("atlas").packages()).containsExactly("com.acme.atlas");
				assertThat(databases.get("atlas").replicas()).containsExactly(Node.replica("atlas", "east", 1),
						Node.replica("atlas", "west", 2));
				assertThat(databases.get("journal").packages()).containsExactly("com.acme.journal");
				assertThat(context.getBeansOfType(HikariDataSource.class).keySet())
					.isEqualTo(Set.of("atlas.main", "atlas.east", "atlas.west", "journal.main"));
				assertPool(context.getBean("dataSource", DataSource.class), "jdbc:postgresql://db-1/atlas", "atlas");
				assertPool(context.getBean(Pools.class).east, "jdbc:postgresql://db-2/atlas", "atlas");
				assertPool(context.getBean("journal.main", DataSource.class), "jdbc:postgresql://db-9/journal",
						"journal");
				assertThat(context.getBean(Pools.class).east.unwrap(HikariDataSource.class).getMaximumPoolSize())
					.isEqualTo(20);
			});
	}

	@Test
	void settingsOfADriverReachItsConnections() {
		this.runner.withInitializer(new YamlFile("docs/engines.yml"))
			.withPropertyValues("ATLAS_PASSWORD=secret")
			.run((context) -> {
				HikariDataSource atlas = context.getBean("atlas.main", HikariDataSource.class);
				assertThat(atlas.getDataSourceProperties()).containsEntry("ApplicationName", "atlas")
					.containsEntry("connectTimeout", "5")
					.containsEntry("socketTimeout", "300")
					.containsEntry("tcpKeepAlive", "true")
					.containsEntry("sslmode", "verify-full")
					.containsEntry("reWriteBatchedInserts", "true");
				assertPool(atlas, "jdbc:postgresql://db-1,db-2/atlas?targetServerType=primary", "atlas");
				JdbcTemplate reports = new JdbcTemplate(context.getBean("reports.dataSource", DataSource.class));
				assertThat(reports.queryForObject("select h2version()", String.class)).startsWith("2.");
			});
	}

	@Test
	void settingsOfPoolsAreHikaris() {
		this.runner.withInitializer(new YamlFile("docs/pool.yml")).run((context) -> {
			HikariDataSource main = context.getBean("atlas.main", HikariDataSource.class);
			assertThat(main.getMaximumPoolSize()).isEqualTo(16);
			assertThat(main.getMinimumIdle()).isEqualTo(4);
			assertThat(main.getConnectionTimeout()).isEqualTo(2_000);
			assertThat(main.getMaxLifetime()).isEqualTo(1_800_000);
			assertThat(main.getKeepaliveTime()).isEqualTo(120_000);
			assertThat(main.getValidationTimeout()).isEqualTo(1_000);
			assertThat(main.getLeakDetectionThreshold()).isEqualTo(60_000);
			HikariDataSource east = context.getBean("atlas.east", HikariDataSource.class);
			assertThat(east.getMaximumPoolSize()).isEqualTo(32);
			assertThat(east.getMinimumIdle()).isEqualTo(4);
		});
	}

	private static void assertPool(DataSource dataSource, String url, String username) throws SQLException {
		HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
		assertThat(pool.getJdbcUrl()).isEqualTo(url);
		assertThat(pool.getUsername()).isEqualTo(username);
		assertThat(pool.getPassword()).isEqualTo("secret");
	}

	/**
	 * A bean that works on one node.
	 */
	static class Pools {

		private final DataSource east;

		Pools(@Qualifier("atlas.east") DataSource east) {
			this.east = east;
		}

	}

}
