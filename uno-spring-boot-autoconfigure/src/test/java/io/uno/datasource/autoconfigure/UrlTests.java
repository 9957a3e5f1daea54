package io.uno.datasource.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
class UrlTests {

	private static PostgresCluster cluster;

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(1);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void urlsMayHaveSeveralHostsAndQueryParameters() {
		StartUp.with("uno.databases.atlas.url=" + url("targetServerType=primary&loadBalanceHosts=true"),
				"uno.databases.atlas.username=" + cluster.username(),
				"uno.databases.atlas.password=" + cluster.password(),
				"uno.databases.atlas.replicas.east.url=" + url("targetServerType=secondary&ApplicationName=a%20b%26c"))
			.succeeds((context) -> {
				assertThat(ask(context, "atlas.main", "select pg_is_in_recovery()")).isEqualTo("f");
				assertThat(ask(context, "atlas.east", "select pg_is_in_recovery()")).isEqualTo("t");
				assertThat(ask(context, "atlas.east", "show application_name")).isEqualTo("a b&c");
			});
	}

	@Test
	void replicasOfBootsDataSourceMayHaveSuchUrlsToo() {
		StartUp.with("spring.datasource.url=" + url("targetServerType=primary&loadBalanceHosts=true"),
				"spring.datasource.username=" + cluster.username(), "spring.datasource.password=" + cluster.password(),
				"uno.replicas.east.url=" + url("targetServerType=secondary&loadBalanceHosts=true"))
			.succeeds(
					(context) -> assertThat(ask(context, "default.east", "select pg_is_in_recovery()")).isEqualTo("t"));
	}

	private static String url(String query) {
		return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?%s".formatted(cluster.replicas().get(0).port(),
				cluster.primary().port(), cluster.database(), query);
	}

	private static String ask(ApplicationContext context, String pool, String query) throws SQLException {
		try (Connection connection = context.getBean(pool, HikariDataSource.class).getConnection()) {
			return new JdbcTemplate(new SingleConnectionDataSource(connection, true)).queryForObject(query,
					String.class);
		}
	}

}
