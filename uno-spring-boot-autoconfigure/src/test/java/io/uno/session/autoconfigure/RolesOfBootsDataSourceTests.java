package io.uno.session.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.routing.RoleNotPermittedException;
import io.uno.routing.RoutingDataSource;
import io.uno.session.ConnectionTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that roles alone make Boot's own data source one that can act as them.
 */
@SpringBootTest(classes = SessionApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = { "uno.roles=reader", "spring.datasource.hikari.maximum-pool-size=1",
				"spring.flyway.enabled=false" })
@EmbeddedPostgres
class RolesOfBootsDataSourceTests {

	private final ConnectionTemplate connections;

	private final JdbcTemplate jdbc;

	@Autowired
	RolesOfBootsDataSourceTests(ConnectionTemplate connections, JdbcTemplate jdbc) {
		this.connections = connections;
		this.jdbc = jdbc;
	}

	@Test
	void declaredRoleIsTakenAndGivenBack() {
		String role = this.connections.asRole("reader")
			.execute((connection) -> this.jdbc.queryForObject("select current_user", String.class));
		assertThat(role).isEqualTo("reader");
		assertThat(this.jdbc.queryForObject("select current_user", String.class)).startsWith("default");
	}

	@Test
	void anotherRoleIsRefused() {
		assertThatExceptionOfType(RoleNotPermittedException.class)
			.isThrownBy(() -> this.connections.asRole("writer")
				.execute((connection) -> this.jdbc.queryForObject("select current_user", String.class)))
			.withMessage("A transaction on database 'default' can't act as role 'writer'; permitted: reader. "
					+ "Roles are permitted by 'uno.roles' and 'uno.databases.<name>.roles'");
	}

	@Test
	void bootsPoolStaysTheOneBehindIt() throws Exception {
		RoutingDataSource routing = this.jdbc.getDataSource().unwrap(RoutingDataSource.class);
		assertThat(routing.unwrap(HikariDataSource.class).getMaximumPoolSize()).isOne();
		assertThat(routing.getResolvedDataSources()).containsOnlyKeys("default.main");
	}

}
