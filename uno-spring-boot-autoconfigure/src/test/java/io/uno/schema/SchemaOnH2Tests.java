package io.uno.schema;

import io.uno.error.SchemaMappingException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests {@link Schema} where the database is not PostgreSQL.
 */
@Tag("h2")
class SchemaOnH2Tests {

	private static SchemaPersistence persistence;

	@BeforeAll
	static void start() {
		persistence = SchemaPersistence.onH2(Place.class, Visit.class);
	}

	@AfterAll
	static void stop() {
		persistence.close();
	}

	@Test
	void createsWhatHibernateRenders() {
		persistence.schema().of(Place.class).apply();
		assertThat(persistence.jdbc().sql("select count(*) from atlas.place").query(Long.class).single()).isZero();
	}

	@Test
	void rendersTheTableOfAnAnnotatedEntity() {
		assertThat(persistence.schema().of(Visit.class).emit(ObjectType.TABLE)).isEqualTo(
				"""
						create table visit (id bigint not null, tenant_id bigint not null, visitor varchar(255), primary key (id));
						""");
	}

	@Test
	void refusesWhatOnlyPostgresHas() {
		EntitySchema visit = persistence.schema().of(Visit.class);
		assertThatExceptionOfType(SchemaMappingException.class).isThrownBy(() -> visit.emit(ObjectType.POLICY))
			.withMessage(
					"Entity 'io.uno.schema.Visit' asks for POLICY by @RowLevelSecurity, which is rendered for PostgreSQL only and not for H2; emit other types, or remove the annotation")
			.extracting(SchemaMappingException::getEntityName)
			.isEqualTo("io.uno.schema.Visit");
		assertThatExceptionOfType(SchemaMappingException.class).isThrownBy(visit::apply);
		assertThatExceptionOfType(SchemaMappingException.class).isThrownBy(() -> persistence.schema().emit());
	}

}
