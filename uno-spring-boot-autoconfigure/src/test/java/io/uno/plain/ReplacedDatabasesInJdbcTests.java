package io.uno.plain;

import javax.sql.DataSource;

import io.uno.routing.RoutingDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@JdbcTest(properties = { PlainApplication.FLYWAY, "uno.databases.library.url=jdbc:postgresql://127.0.0.1:1/library",
		"uno.databases.library.replicas.east.url=jdbc:postgresql://127.0.0.1:1/library" })
class ReplacedDatabasesInJdbcTests {

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private DataSource dataSource;

	@Test
	void worksOnTheEmbeddedDatabase() {
		assertThat(this.dataSource).isNotInstanceOf(RoutingDataSource.class);
		assertThat(this.jdbc.sql("select count(*) from information_schema.tables").query(Integer.class).single())
			.isPositive();
	}

}
