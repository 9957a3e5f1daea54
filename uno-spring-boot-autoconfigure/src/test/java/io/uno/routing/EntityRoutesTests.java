package io.uno.routing;

import java.util.List;
import java.util.Map;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.routing.EntityRoutes.Owner;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EntityRoutes}, without a server.
 */
class EntityRoutesTests {

	private final DatabaseClaims claims = new DatabaseClaims(
			new Databases(List.of(database("atlas"), database("journal", "io.uno.routing")), "atlas"));

	private final EntityRoutes routes = new EntityRoutes(this.claims);

	@Test
	void entityBelongsToTheDatabaseThatItNamesOrElseToThatOfItsPackage() {
		register(Claimed.class, Named.class, Inherited.class);
		assertThat(database(Claimed.class)).isEqualTo("journal");
		assertThat(database(Named.class)).isEqualTo("atlas");
		assertThat(database(Inherited.class)).isEqualTo("atlas");
	}

	@Test
	void unknownNameIsRefusedWithTheKnownOnes() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> register(Misspelt.class))
			.withMessage(
					"@UseDatabase of 'io.uno.routing.EntityRoutesTests$Misspelt' names 'jurnal', but no database is called so; "
							+ "name one of atlas, journal");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> register(Unnamed.class))
			.withMessage(
					"@UseDatabase of 'io.uno.routing.EntityRoutesTests$Unnamed' names '', but no database is called so; "
							+ "name one of atlas, journal");
	}

	@Test
	void hierarchyOfTwoDatabasesIsRefused() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> register(Named.class, Stray.class))
			.withMessage(
					"Entity 'io.uno.routing.EntityRoutesTests$Stray' belongs to database 'journal' and its superclass "
							+ "'io.uno.routing.EntityRoutesTests$Named' to 'atlas', but one hierarchy shares its tables; put them into one "
							+ "package, or @UseDatabase(\"atlas\") on 'io.uno.routing.EntityRoutesTests$Stray'");
	}

	@Test
	void repositoryBelongsToTheDatabaseThatItNamesOrElseToThatOfItsEntity() {
		assertThat(this.claims.ownerOf(NamedRepository.class, Claimed.class).name()).isEqualTo("atlas");
		assertThat(this.claims.ownerOf(String.class, Claimed.class).name()).isEqualTo("journal");
		assertThat(this.claims.ownerOf(EntityRoutesTests.class, String.class).name()).isEqualTo("journal");
		assertThat(this.claims.ownerOf(EntityRoutesTests.class, Named.class).name()).isEqualTo("atlas");
		assertThat(this.claims.ownerOf(String.class, String.class).name()).isEqualTo("atlas");
	}

	private String database(Class<?> entity) {
		Owner owner = this.routes.ownerOf(entity);
		return (owner != null) ? owner.database().name() : "none";
	}

	private void register(Class<?>... entities) {
		StandardServiceRegistryBuilder builder = new StandardServiceRegistryBuilder()
			.applySettings(Map.of("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect",
					"hibernate.boot.allow_jdbc_metadata_access", "false"));
		try (StandardServiceRegistry registry = builder.build()) {
			Metadata metadata = new MetadataSources(registry).addAnnotatedClasses(entities).buildMetadata();
			this.routes.register(metadata);
		}
	}

	private static Database database(String name, String... packages) {
		return new Database(name, Node.main(name), List.of(), List.of(packages), List.of());
	}

	@Entity
	static class Claimed {

		@Id
		private long id;

	}

	@Entity
	@UseDatabase("atlas")
	static class Named {

		@Id
		private long id;

	}

	@Entity
	static class Inherited extends Named {

	}

	@Entity
	@UseDatabase("journal")
	static class Stray extends Named {

	}

	@Entity
	@UseDatabase("jurnal")
	static class Misspelt {

		@Id
		private long id;

	}

	@Entity
	@UseDatabase("")
	static class Unnamed {

		@Id
		private long id;

	}

	@UseDatabase("atlas")
	interface NamedRepository {

	}

}
