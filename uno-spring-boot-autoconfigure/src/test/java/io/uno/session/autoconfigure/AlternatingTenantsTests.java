package io.uno.session.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that tenants and roles that take turns on one connection see their own rows, all
 * of them, and no other.
 */
@Tag("postgres")
@TestInstance(Lifecycle.PER_CLASS)
class AlternatingTenantsTests {

	/**
	 * A tenth of what the profile {@code soak} does.
	 */
	private static final int TIMES = 1000 * Integer.getInteger("soak.factor", 1);

	private PostgresCluster cluster;

	@BeforeAll
	void start() {
		this.cluster = PostgresCluster.builder().roles("reader", "auditor").startShared(0);
		AlternatingTenants.createNotes(new JdbcTemplate(this.cluster.primary().dataSource()));
	}

	@AfterAll
	void stop() {
		this.cluster.close();
	}

	@Test
	void seeTheirOwnRowsOnAPoolOfOne() {
		try (ConfigurableApplicationContext application = application(this.cluster.primary().jdbcUrl(), 1)) {
			new AlternatingTenants(application).alternate(TIMES);
		}
	}

	@Test
	void seeTheirOwnRowsThroughAPoolerInTransactionMode() throws IOException {
		assumeThat(PgBouncer.isInstalled()).isTrue();
		try (PgBouncer bouncer = PgBouncer.start(this.cluster);
				ConfigurableApplicationContext application = application(bouncer.url(this.cluster), 2)) {
			new AlternatingTenants(application).alternate(TIMES);
		}
	}

	/**
	 * The tests above would notice.
	 */
	@Test
	void seeRowsOfOthersWhereTheSettingsAreTheSessions() {
		try (ConfigurableApplicationContext application = application(this.cluster.primary().jdbcUrl(), 1,
				"hikari.driver-class-name=" + SessionWideDriver.class.getName())) {
			AlternatingTenants tenants = new AlternatingTenants(application);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> tenants.alternate(TIMES))
				.withMessageContaining("rows");
		}
	}

	private ConfigurableApplicationContext application(String url, int connections, String... further) {
		List<String> properties = Stream
			.concat(Stream.of("url=" + url, "username=" + this.cluster.username(),
					"password=" + this.cluster.password(), "roles=reader,auditor",
					"hikari.maximum-pool-size=" + connections), Stream.of(further))
			.map("--uno.databases.atlas."::concat)
			.toList();
		return new SpringApplicationBuilder(SessionApplication.class).web(WebApplicationType.NONE)
			.properties("spring.flyway.enabled=false", "logging.level.root=off")
			.run(properties.toArray(String[]::new));
	}

}
