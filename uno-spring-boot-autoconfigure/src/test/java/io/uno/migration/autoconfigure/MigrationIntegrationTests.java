package io.uno.migration.autoconfigure;

import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Migrations of two databases on real servers, one of them with a replica.
 */
@Tag("postgres")
class MigrationIntegrationTests {

	private final PostgresCluster atlas = PostgresCluster.shared(1);

	private final PostgresCluster journal = PostgresCluster.shared(0);

	@AfterEach
	void close() {
		this.atlas.close();
		this.journal.close();
	}

	@Test
	void hibernateWaitsForEveryDatabase() {
		runner().withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
			.withUserConfiguration(Entities.class)
			.withPropertyValues("spring.jpa.hibernate.ddl-auto=validate")
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(EntityManagerFactory.class);
				assertThat(context.getBeanFactory().getBeanDefinition("entityManagerFactory").getDependsOn())
					.contains("atlas.flywayInitializer", "journal.flywayInitializer");
			});
	}

	@Test
	void migratesEachDatabaseWithItsOwnMigrations() {
		runner().run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(tables(this.atlas.primary().dataSource())).containsExactlyInAnyOrder("city",
					"flyway_schema_history");
			assertThat(tables(this.journal.primary().dataSource())).containsExactlyInAnyOrder("entry",
					"flyway_schema_history");
		});
	}

	@Test
	void neverConnectsToAReplica() {
		runner().withPropertyValues("uno.databases.atlas.replicas.east.url=jdbc:postgresql://127.0.0.1:1/atlas")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanNamesForType(Flyway.class)).containsExactly("atlas.flyway", "journal.flyway");
			});
	}

	@Test
	void ownerMigratesWithItsOwnUserAtTheUrlOfTheDatabase() {
		PostgresNode primary = this.journal.primary();
		String role = "owner_" + UUID.randomUUID().toString().substring(0, 8);
		JdbcClient superuser = JdbcClient.create(primary.superuserDataSource());
		superuser.sql("create role %s login password 'o''wner:s@/%%?&'".formatted(role)).update();
		superuser.sql("grant create on database %s to %s".formatted(this.journal.database(), role)).update();
		runner().withPropertyValues("uno.databases.journal.flyway.user=" + role,
				"uno.databases.journal.flyway.password=o'wner:s@/%?&", "uno.databases.journal.flyway.schemas=" + role)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(superuser.sql("select tableowner from pg_tables where schemaname = ?")
					.param(role)
					.query(String.class)
					.list()).hasSize(2).containsOnly(role);
			});
		superuser.sql("drop owned by %s".formatted(role)).update();
		superuser.sql("drop role %s".formatted(role)).update();
	}

	@Test
	void urlOfMigrationsMayDiffer() {
		PostgresNode primary = this.journal.primary();
		runner()
			.withPropertyValues("uno.databases.journal.flyway.url=" + primary.jdbcUrl(),
					"uno.databases.journal.flyway.user=" + primary.username(),
					"uno.databases.journal.flyway.password=" + primary.password(),
					"uno.databases.journal.flyway.schemas=elsewhere",
					"uno.databases.journal.url=jdbc:postgresql://127.0.0.1:1/nowhere")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(JdbcClient.create(primary.dataSource())
					.sql("select to_regclass('elsewhere.entry') is not null")
					.query(Boolean.class)
					.single()).isTrue();
			});
	}

	private ApplicationContextRunner runner() {
		return TwoDatabases.undeclared()
			.withPropertyValues(node("uno.databases.atlas", this.atlas.primary()))
			.withPropertyValues(node("uno.databases.atlas.replicas.east", this.atlas.replicas().get(0)))
			.withPropertyValues(node("uno.databases.journal", this.journal.primary()))
			.withPropertyValues("uno.default-database=atlas", "uno.flyway.fail-on-missing-locations=true",
					"uno.databases.atlas.flyway.locations=classpath:migrations/atlas",
					"uno.databases.journal.flyway.locations=classpath:migrations/journal");
	}

	private static String[] node(String prefix, PostgresNode node) {
		return new String[] { prefix + ".url=" + node.jdbcUrl(), prefix + ".username=" + node.username(),
				prefix + ".password=" + node.password() };
	}

	private static List<String> tables(DataSource dataSource) {
		return JdbcClient.create(dataSource)
			.sql("select tablename from pg_tables where schemaname = 'public'")
			.query(String.class)
			.list();
	}

	@Configuration(proxyBeanMethods = false)
	static class Entities {

		@Bean
		static PersistenceManagedTypes persistenceManagedTypes() {
			return PersistenceManagedTypes.of(City.class.getName());
		}

	}

	@Entity
	@Table(name = "city")
	static class City {

		@Id
		private @Nullable Long id;

		private @Nullable String name;

	}

}
