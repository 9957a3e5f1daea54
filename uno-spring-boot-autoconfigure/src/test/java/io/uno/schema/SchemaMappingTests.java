package io.uno.schema;

import java.util.List;
import java.util.UUID;

import io.uno.error.SchemaMappingException;
import io.uno.model.DatabaseTrigger;
import io.uno.model.DatabaseTrigger.Event;
import io.uno.model.DatabaseTrigger.Timing;
import io.uno.model.Grant;
import io.uno.model.History;
import io.uno.model.RowLevelSecurity;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what {@link Schema} makes of mappings, and what it refuses.
 */
@Tag("postgres")
class SchemaMappingTests {

	private static final String NAME = "io.uno.schema.SchemaMappingTests$";

	private static SchemaPersistence persistence;

	private static Schema schema;

	@BeforeAll
	static void start() {
		persistence = SchemaPersistence.onPostgres(UnknownTenant.class, ManyTables.class, TwoColumns.class,
				Clashing.class, Vehicle.class, Car.class, Animal.class, Dog.class, Nobody.class, Twice.class,
				ByCode.class, ByCharacters.class, ByDefinition.class, Owned.class, Guest.class, Regular.class,
				Member.class);
		schema = persistence.schema();
	}

	@AfterAll
	static void stop() {
		persistence.close();
	}

	@Test
	void namesTheEntitiesWhereAClassIsNone() {
		assertThatExceptionOfType(SchemaMappingException.class).isThrownBy(() -> schema.of(String.class))
			.withMessageStartingWith("Class 'java.lang.String' is not an entity; known are [%sAnimal, %s", NAME, NAME)
			.extracting(SchemaMappingException::getEntityName)
			.isEqualTo("java.lang.String");
	}

	@Test
	void namesTheAttributesWhereATenantIsUnknown() {
		assertRefused(UnknownTenant.class, ObjectType.POLICY,
				"@RowLevelSecurity of entity '%sUnknownTenant' names the attribute 'tenant', which does not exist; known are [id, name]"
					.formatted(NAME));
	}

	@Test
	void refusesATenantOfSeveralColumns() {
		assertRefused(TwoColumns.class, ObjectType.POLICY,
				"@RowLevelSecurity of entity '%sTwoColumns' names the attribute 'owner', which is not one column of table \"two_columns\"; name an attribute that is"
					.formatted(NAME));
	}

	@Test
	void refusesToProtectOneOfSeveralTables() {
		assertRefused(ManyTables.class, ObjectType.POLICY,
				"Entity '%sManyTables' has @RowLevelSecurity, but keeps rows in [\"many\", \"many_names\"], of which only the first one tells the tenant; give what is in the others an entity with an attribute for the tenant of its own"
					.formatted(NAME));
	}

	@Test
	void refusesToProtectTheTableOfSubclassesThatHaveOthers() {
		assertRefused(Guest.class, ObjectType.POLICY,
				"Entity '%sGuest' has @RowLevelSecurity, but keeps rows in [\"guest\", \"member_card\", \"member_friends\", \"regular_dishes\"], of which only the first one tells the tenant; give what is in the others an entity with an attribute for the tenant of its own"
					.formatted(NAME));
	}

	@Test
	void refusesColumnsThatHistoryNeeds() {
		assertRefused(Clashing.class, ObjectType.HISTORY,
				"Column 'history_at' of entity '%sClashing' has a name that its history needs for itself; give the column another name than [history_id, history_operation, history_at, history_by]"
					.formatted(NAME));
	}

	@Test
	void refusesAnAnnotationBesideTheTableThatItMeans() {
		assertThat(schema.of(Vehicle.class).emit(ObjectType.GRANT)).isEmpty();
		assertRefused(Car.class, ObjectType.HISTORY,
				"Entity '%sCar' has @History, but lives in the table of '%sVehicle'; annotate that one instead"
					.formatted(NAME, NAME));
	}

	@Test
	void refusesGrantsAndTriggersOfNothing() {
		assertRefused(Nobody.class, ObjectType.GRANT,
				"The grant to role 'nobody' of entity '%sNobody' has no privilege; name at least one of [SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER]"
					.formatted(NAME));
		assertRefused(Nobody.class, ObjectType.TRIGGER,
				"Trigger 'never' of entity '%sNobody' has no event; name at least one of [INSERT, UPDATE, DELETE, TRUNCATE]"
					.formatted(NAME));
	}

	@Test
	void refusesTriggersThatWouldReplaceEachOther() {
		assertRefused(Twice.class, ObjectType.TRIGGER,
				"Entity '%sTwice' has two triggers called 'history_insert', of which the second would replace the first; give one of them another name"
					.formatted(NAME));
	}

	@Test
	void joinedTableInheritsTheHistoryOfItsParent() {
		assertThat(schema.of(Animal.class).emit(ObjectType.HISTORY)).contains("create table \"animal_history\"");
		assertThat(schema.of(Dog.class).emit(ObjectType.HISTORY)).contains("create table \"dog_history\"", "\"tail\"")
			.doesNotContain("animal_history");
	}

	@Test
	void entityInheritsFromItsMappedSuperclass() {
		assertThat(schema.of(Owned.class).emit(ObjectType.POLICY))
			.contains("\"tenant\" = (select cast(nullif(current_setting('uno.tenant', true), '') as uuid))");
	}

	@Test
	void tenantIsNeverCutToTheLengthOfItsColumn() {
		assertThat(schema.of(ByCode.class).emit(ObjectType.POLICY)).contains(", '') as varchar))");
		assertThat(schema.of(ByCharacters.class).emit(ObjectType.POLICY)).contains(", '') as bpchar))");
		assertThat(schema.of(ByDefinition.class).emit(ObjectType.POLICY)).contains(", '') as numeric))");
	}

	@Test
	void longNameOfATableIsShortenedForItsHistory() {
		schema.of(ByCode.class).apply();
		assertThat(persistence.jdbc()
			.sql("select tablename from pg_tables where tablename like 'by_code%' order by length(tablename), tablename")
			.query(String.class)
			.list()).hasSize(2).last().asString().hasSize(63).matches("by_code_x+_[0-9a-f]{8}_history");
	}

	private static void assertRefused(Class<?> entity, ObjectType type, String message) {
		EntitySchema refused = schema.of(entity);
		assertThatExceptionOfType(SchemaMappingException.class).isThrownBy(() -> refused.emit(type))
			.withMessage(message)
			.extracting(SchemaMappingException::getEntityName)
			.isEqualTo(entity.getName());
	}

	@Entity
	@RowLevelSecurity(tenant = "tenant")
	static class UnknownTenant {

		@Id
		private @Nullable Long id;

		private @Nullable String name;

	}

	@Entity
	@Table(name = "many")
	@RowLevelSecurity(tenant = "tenant")
	static class ManyTables {

		@Id
		private @Nullable Long id;

		private @Nullable Long tenant;

		@ElementCollection
		@CollectionTable(name = "many_names")
		private List<String> names = List.of();

	}

	@Entity
	@Table(name = "guest")
	@RowLevelSecurity(tenant = "tenant")
	static class Guest {

		@Id
		private @Nullable Long id;

		private @Nullable Long tenant;

	}

	@Entity
	static class Regular extends Guest {

		@ElementCollection
		@CollectionTable(name = "regular_dishes")
		private List<String> dishes = List.of();

	}

	@Entity
	@SecondaryTable(name = "member_card")
	static class Member extends Regular {

		@Column(table = "member_card")
		private @Nullable String card;

		@ManyToMany
		@JoinTable(name = "member_friends")
		private List<Guest> friends = List.of();

	}

	@Entity
	@RowLevelSecurity(tenant = "owner")
	@Table(name = "two_columns")
	static class TwoColumns {

		@Id
		private @Nullable Long id;

		@Embedded
		private Owner owner = new Owner();

	}

	@Embeddable
	static class Owner {

		private @Nullable Long tenant;

		private @Nullable Long department;

	}

	@Entity
	@History
	static class Clashing {

		@Id
		private @Nullable Long id;

		private @Nullable String historyAt;

	}

	@Entity
	static class Vehicle {

		@Id
		private @Nullable Long id;

	}

	@Entity
	@History
	static class Car extends Vehicle {

		private int doors;

	}

	@Entity
	@Inheritance(strategy = InheritanceType.JOINED)
	@History
	@Table(name = "animal")
	static class Animal {

		@Id
		private @Nullable Long id;

	}

	@Entity
	@Table(name = "dog")
	static class Dog extends Animal {

		private int tail;

	}

	@Entity
	@Grant(role = "nobody", privileges = {})
	@DatabaseTrigger(name = "never", timing = Timing.AFTER, events = {}, function = "nothing")
	static class Nobody {

		@Id
		private @Nullable Long id;

	}

	@Entity
	@History
	@DatabaseTrigger(name = "history_insert", timing = Timing.AFTER, events = Event.INSERT, function = "nothing")
	static class Twice {

		@Id
		private @Nullable Long id;

	}

	@Entity
	@Table(name = "by_code_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
	@RowLevelSecurity(tenant = "code")
	@History
	static class ByCode {

		@Id
		private @Nullable Long id;

		@Column(length = 3)
		private @Nullable String code;

	}

	@Entity
	@RowLevelSecurity(tenant = "code")
	static class ByCharacters {

		@Id
		private @Nullable Long id;

		@Column(columnDefinition = "char(3)")
		private @Nullable String code;

	}

	@Entity
	@RowLevelSecurity(tenant = "code")
	static class ByDefinition {

		@Id
		private @Nullable Long id;

		@Column(columnDefinition = "numeric(9,2) not null default 7")
		private @Nullable Integer code;

	}

	@MappedSuperclass
	@RowLevelSecurity(tenant = "tenant")
	static class OfTenant {

		@Id
		private @Nullable Long id;

		private @Nullable UUID tenant;

	}

	@Entity
	static class Owned extends OfTenant {

		private @Nullable String name;

	}

}
