package io.uno.datasource.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Node;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresReplica;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("postgres")
class PasswordTests {

	private static PostgresCluster cluster;

	@BeforeContainer
	static void start() {
		cluster = PostgresCluster.shared(1);
	}

	@AfterContainer
	static void close() {
		cluster.close();
	}

	@Property(tries = 25)
	void aPasswordMayBeAnything(@ForAll("passwords") String password) throws SQLException {
		changePassword(password);
		assertThat(connect(properties(password), Node.main("atlas"))).isFalse();
		assertThat(connect(properties(password), Node.replica("atlas", "east", 1))).isTrue();
	}

	@Example
	void aWrongPasswordIsRefused() {
		changePassword("right");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(properties("wrong"), Node.main("atlas")))
			.withStackTraceContaining("password authentication failed")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("wrong"));
	}

	/**
	 * Spring takes <code>${</code> for the begin of a placeholder wherever a property
	 * comes from, and a backslash in front of it for an escape.
	 */
	@Provide
	Arbitrary<String> passwords() {
		return Arbitraries.strings()
			.withCharRange('!', '~')
			.withChars('\u00e4', '\u00df', '\u00f1', '\u0416', '\u6f22', '\u20ac', ' ')
			.ofMinLength(1)
			.ofMaxLength(40)
			.filter((password) -> !password.contains("${") && !password.isBlank());
	}

	private static void changePassword(String password) {
		JdbcTemplate superuser = new JdbcTemplate(cluster.primary().superuserDataSource());
		String statement = superuser.queryForObject("select format('alter role %I password %L', ?::text, ?::text)",
				String.class, cluster.username(), password);
		superuser.execute(statement);
		cluster.replicas().forEach(PostgresReplica::awaitReplay);
	}

	private static Map<String, Object> properties(String password) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.databases.atlas.url", cluster.primary().jdbcUrl());
		properties.put("uno.databases.atlas.username", cluster.username());
		properties.put("uno.databases.atlas.password", password);
		properties.put("uno.databases.atlas.replicas.east.url", cluster.replicas().get(0).jdbcUrl());
		properties.put("uno.hikari.maximum-pool-size", 1);
		properties.put("uno.hikari.connection-timeout", 3000);
		return properties;
	}

	/**
	 * Whether the node is a replica, as it says itself.
	 */
	private static boolean connect(Map<String, Object> properties, Node node) throws SQLException {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		ConfigurationPropertySources.attach(environment);
		try (HikariDataSource pool = new NodePoolFactory(environment, List.of(), null).create(node);
				Connection connection = pool.getConnection()) {
			return Boolean.TRUE.equals(new JdbcTemplate(new SingleConnectionDataSource(connection, true))
				.queryForObject("select pg_is_in_recovery()", Boolean.class));
		}
	}

}
