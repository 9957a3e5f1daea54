package io.uno.schema;

import java.util.Map;

import io.uno.bulk.MapRegionFactory;
import io.uno.error.SchemaMappingException;
import io.uno.model.RowLevelSecurity;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests row level security of what Hibernate may read from its second-level cache.
 */
@Tag("postgres")
class CachedEntityTests {

	private static final Class<?>[] ENTITIES = { Secret.class, Shared.class, Parcel.class, Letter.class,
			Uncached.class };

	@Test
	void refusesToProtectWhatIsReadFromTheCache() {
		try (SchemaPersistence persistence = SchemaPersistence
			.onPostgres(Map.of("hibernate.cache.region.factory_class", new MapRegionFactory()), ENTITIES)) {
			assertRefused(persistence.schema(), Secret.class);
			assertRefused(persistence.schema(), Parcel.class);
			assertThat(persistence.schema().of(Shared.class).emit(ObjectType.POLICY)).isEmpty();
			assertThat(persistence.schema().of(Uncached.class).emit(ObjectType.POLICY)).isNotEmpty();
		}
	}

	@Test
	void protectsWhatMayBeCachedWhereNothingIs() {
		try (SchemaPersistence persistence = SchemaPersistence.onPostgres(ENTITIES)) {
			assertThat(persistence.schema().of(Secret.class).emit(ObjectType.POLICY)).contains("uno_tenant");
		}
	}

	private static void assertRefused(Schema schema, Class<?> entity) {
		EntitySchema refused = schema.of(entity);
		assertThatExceptionOfType(SchemaMappingException.class).isThrownBy(() -> refused.emit(ObjectType.POLICY))
			.withMessage(
					"Entity '%s' has @RowLevelSecurity, but is read from the second-level cache, which would hand a row of one tenant to another; remove @Cacheable or @Cache from it and its subclasses, or the annotation",
					entity.getName())
			.extracting(SchemaMappingException::getEntityName)
			.isEqualTo(entity.getName());
	}

	@Entity
	@Cacheable
	@RowLevelSecurity(tenant = "tenant")
	static class Secret {

		@Id
		private @Nullable Long id;

		private @Nullable Long tenant;

	}

	@Entity
	@Cacheable
	static class Shared {

		@Id
		private @Nullable Long id;

	}

	@Entity
	@Table(name = "parcel")
	@RowLevelSecurity(tenant = "tenant")
	static class Parcel {

		@Id
		private @Nullable Long id;

		private @Nullable Long tenant;

	}

	@Entity
	@Cacheable
	static class Letter extends Parcel {

	}

	@Entity
	@RowLevelSecurity(tenant = "tenant")
	static class Uncached {

		@Id
		private @Nullable Long id;

		private @Nullable Long tenant;

	}

}
