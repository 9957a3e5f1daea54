package io.uno.schema.autoconfigure;

import java.util.List;
import java.util.Map;

import io.uno.datasource.UnknownDatabaseException;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.routing.RouteConflictException;
import io.uno.routing.autoconfigure.atlas.Place;
import io.uno.routing.autoconfigure.journal.Entry;
import io.uno.schema.Schema;
import io.uno.session.SessionTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the schema of an application with two databases, one of them with a replica.
 */
@Tag("postgres")
class RoutedSchemaTests {

	private static final PostgresCluster atlas = PostgresCluster.builder().replicas("east").startShared(0);

	private static final PostgresCluster journal = PostgresCluster.shared(0);

	private static ConfigurableApplicationContext context;

	private static Schema schema;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("uno.default-database", "atlas", "uno.databases.journal.packages",
					Entry.class.getPackageName(), "spring.flyway.enabled", "false", "spring.main.banner-mode", "off"))
			.properties(node("uno.databases.atlas", atlas.primary()))
			.properties(node("uno.databases.atlas.replicas.east", atlas.replica("east")))
			.properties(node("uno.databases.journal", journal.primary()))
			.run();
		schema = context.getBean(Schema.class);
	}

	private static Map<String, Object> node(String prefix, PostgresNode node) {
		return Map.of(prefix + ".url", node.jdbcUrl(), prefix + ".username", node.username(), prefix + ".password",
				node.password());
	}

	@AfterAll
	static void stop() {
		context.close();
		atlas.close();
		journal.close();
	}

	@Test
	void rendersTheEntitiesOfOneDatabase() {
		assertThat(schema.emit()).contains("create table place ").doesNotContain("entry");
		assertThat(schema.on("journal").emit()).contains("create table entry ").doesNotContain("place");
	}

	@Test
	void namesTheDatabasesWhereOneIsUnknown() {
		assertThatExceptionOfType(UnknownDatabaseException.class).isThrownBy(() -> schema.on("jornal"))
			.withMessageContaining("atlas")
			.withMessageContaining("journal");
	}

	@Test
	void createsTablesOnThePrimaryOfTheEntitysDatabase() {
		schema.of(Place.class).apply();
		schema.of(Entry.class).apply();
		assertThat(tables(atlas)).containsExactly("place");
		assertThat(tables(journal)).containsExactly("entry");
	}

	@Test
	void refusesToWorkOnASecondDatabaseInATransaction() {
		SessionTemplate sessions = context.getBean(SessionTemplate.class);
		assertThatExceptionOfType(RouteConflictException.class)
			.isThrownBy(() -> sessions.on("atlas").writeWithoutResult((session) -> schema.on("journal").apply()));
	}

	private static List<String> tables(PostgresCluster cluster) {
		return JdbcClient.create(cluster.primary().dataSource())
			.sql("select tablename from pg_tables where schemaname = 'public'")
			.query(String.class)
			.list();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = { Place.class, Entry.class })
	static class Application {

	}

}
