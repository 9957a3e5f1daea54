package io.uno.schema;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests the text that {@link Schema} renders.
 */
@Tag("postgres")
class SchemaTests {

	private static final String PLACE = """
			create schema if not exists atlas;
			create sequence place_seq start with 1 increment by 50;
			create table atlas.place (id bigint not null, code integer unique, name varchar(255) not null, primary key (id), constraint named check (name <> ''));
			comment on table atlas.place is 'Where people go';
			create index place_name on atlas.place (name);
			""";

	private static SchemaPersistence persistence;

	private static Schema schema;

	@BeforeAll
	static void start() {
		persistence = SchemaPersistence.onPostgres(Place.class, Visit.class, Reading.class, Stay.class);
		schema = persistence.schema();
	}

	@AfterAll
	static void stop() {
		persistence.close();
	}

	@Test
	void rendersAPlainEntityAsHibernateDoes() {
		assertThat(schema.of(Place.class).emit()).isEqualTo(PLACE);
	}

	@Test
	void rendersOneKindOfObject() {
		assertThat(schema.of(Visit.class).emit(ObjectType.TABLE)).isEqualTo(
				"""
						create table visit (id bigint not null, tenant_id bigint not null, visitor varchar(255), primary key (id));
						""");
		assertThat(schema.of(Place.class).emit(ObjectType.FUNCTION)).isEmpty();
	}

	@Test
	void rendersKindsInTheOrderOfTheServer() {
		assertThat(schema.of(Place.class).emit(ObjectType.INDEX, ObjectType.SEQUENCE)).isEqualTo("""
				create sequence place_seq start with 1 increment by 50;
				create index place_name on atlas.place (name);
				""");
	}

	@Test
	void rendersFunctions() {
		assertThat(schema.of(Visit.class).emit(ObjectType.FUNCTION)).isEqualTo(
				"""
						create or replace function "visits_of"(visitor text) returns bigint language "sql" as $$select count(*) from visit where visit.visitor = visits_of.visitor
						$$;
						create or replace function "visit_trim"() returns trigger language "plpgsql" as $$begin
							new.visitor := trim(new.visitor);
							return new;
						end
						$$;
						""");
	}

	@Test
	void rendersTriggers() {
		assertThat(schema.of(Visit.class).emit(ObjectType.TRIGGER)).isEqualTo(
				"""
						create or replace trigger "trim" before insert or update on "visit" for each row execute function "visit_trim"();
						""");
	}

	@Test
	void callsTheFunctionOfAnotherEntityInItsSchema() {
		assertThat(schema.of(Stay.class).emit(ObjectType.TRIGGER)).isEqualTo(
				"""
						create or replace trigger "other" after insert on "hotel"."stay" for each statement execute function "visit_trim"();
						create or replace trigger "own" after delete or truncate on "hotel"."stay" for each statement execute function "hotel"."stay_left"();
						create or replace trigger "same" before update on "hotel"."stay" for each row execute function "suppress_redundant_updates_trigger"();
						""");
	}

	@Test
	void rendersGrantsWithWhatMakesThemEffective() {
		assertThat(schema.of(Visit.class).emit(ObjectType.GRANT)).isEqualTo("""
				grant select on table "visit" to "visit_reader";
				grant select, insert on table "visit" to "visit_writer";
				grant usage on sequence "visit_seq" to "visit_writer";
				""");
		assertThat(schema.of(Stay.class).emit(ObjectType.GRANT)).isEqualTo("""
				grant usage on schema "hotel" to "visit_reader";
				grant select on table "hotel"."stay" to "visit_reader";
				grant select on table "hotel"."stay_guests" to "visit_reader";
				""");
	}

	@Test
	void rendersRowLevelSecurityForTheTableAndItsHistory() {
		assertThat(schema.of(Visit.class).emit(ObjectType.POLICY)).isEqualTo(
				"""
						alter table "visit" enable row level security, force row level security;
						drop policy if exists "uno_tenant" on "visit";
						create policy "uno_tenant" on "visit" using ("tenant_id" = (select cast(nullif(current_setting('uno.tenant', true), '') as bigint))) with check ("tenant_id" = (select cast(nullif(current_setting('uno.tenant', true), '') as bigint)));
						alter table "visit_history" enable row level security, force row level security;
						drop policy if exists "uno_tenant" on "visit_history";
						create policy "uno_tenant" on "visit_history" for select using ("tenant_id" = (select cast(nullif(current_setting('uno.tenant', true), '') as bigint)));
						drop policy if exists "uno_history" on "visit_history";
						create policy "uno_history" on "visit_history" for insert with check (pg_trigger_depth() > 0);
						""");
	}

	@Test
	void rendersHistoryForHostileNames() {
		assertThat(schema.of(Reading.class).emit()).isEqualTo(
				"""
						create table "order" (id bigint not null, "mixedCase" numeric(9,2) not null default 7, "we""ird\\ %s" varchar(255), primary key (id));
						create table "order_history" as
						select cast(null as bigint) as "history_id", cast(null as text) as "history_operation", cast(null as timestamptz) as "history_at", cast(null as text) as "history_by", "id", "mixedCase", "we""ird\\ %s"
						from "order"
						with no data;
						alter table "order_history"
						add primary key ("history_id"),
						alter column "history_id" add generated always as identity,
						alter column "history_operation" set not null,
						alter column "history_at" set not null;
						create or replace function "order_history"() returns trigger language plpgsql
						security definer set search_path = pg_catalog, pg_temp as $$
						begin
							if tg_op = 'TRUNCATE' then
								raise exception 'TRUNCATE of % is refused: it would leave no history of the rows', tg_relid::regclass
									using hint = 'Use DELETE.';
							end if;
							execute 'insert into ' || quote_ident(tg_table_schema) || E'."order_history" ("history_operation", "history_at", "history_by", "id", "mixedCase", "we""ird\\\\ %s") select $1, $2, $3, "id", "mixedCase", "we""ird\\\\ %s" from changed'
								using tg_op, clock_timestamp(), nullif(current_setting('uno.user', true), '');
							return null;
						end
						$$;
						revoke all on function "order_history"() from public;
						create or replace trigger "history_insert" after insert on "order" referencing new table as changed for each statement execute function "order_history"();
						create or replace trigger "history_update" after update on "order" referencing new table as changed for each statement execute function "order_history"();
						create or replace trigger "history_delete" after delete on "order" referencing old table as changed for each statement execute function "order_history"();
						create or replace trigger "history_truncate" before truncate on "order" for each statement execute function "order_history"();
						""");
	}

	@Test
	void rendersTypesThatColumnsUseAndTablesOfCollections() {
		assertThat(schema.of(Stay.class).emit(ObjectType.TYPE, ObjectType.TABLE, ObjectType.CONSTRAINT)).isEqualTo(
				"""
						create type Season as enum ('SUMMER','WINTER');
						create cast (varchar as Season) with inout as implicit;
						create cast (Season as varchar) with inout as implicit;
						create table hotel.stay (id bigint not null, season Season, place_id bigint, primary key (id));
						create table hotel.stay_guests (stay_id bigint not null, guests varchar(255));
						alter table if exists hotel.stay add constraint stay_place foreign key (place_id) references atlas.place;
						alter table if exists hotel.stay_guests add constraint stay_guest foreign key (stay_id) references hotel.stay;
						""");
	}

	@Test
	void rendersEverythingKindByKind() {
		assertThat(schema.statements()).containsSubsequence("create schema if not exists atlas",
				"create schema if not exists hotel", "create sequence place_seq start with 1 increment by 50",
				"create sequence visit_seq start with 1 increment by 50",
				"grant select on table \"visit\" to \"visit_reader\"",
				"alter table \"visit\" enable row level security, force row level security");
		assertThat(schema.emit()).isEqualTo(String.join(";\n", schema.statements()) + ";\n");
	}

	@Test
	void rendersTheSameTextAfterAnotherStart() {
		try (SchemaPersistence other = SchemaPersistence.onPostgres(Stay.class, Reading.class, Visit.class,
				Place.class)) {
			assertThat(other.schema().emit()).isEqualTo(schema.emit());
		}
	}

	@Test
	void isRestrictedToTheEntitiesOfADatabase() {
		Schema routed = persistence.schema(new TwoDatabases());
		assertThat(routed.emit()).contains("create table visit ").doesNotContain("create table atlas");
		assertThat(routed.on("journal").emit()).isEqualTo(PLACE);
		assertThat(routed.on("main").emit()).isEqualTo(routed.emit());
		assertThat(routed.of(Place.class).emit()).isEqualTo(PLACE);
	}

	@Test
	void knowsTheOneDatabaseOfTheApplication() {
		assertThat(schema.on("default").emit()).isEqualTo(schema.emit());
		assertThatIllegalArgumentException().isThrownBy(() -> schema.on("journal"))
			.withMessage(
					"No database is called 'journal': the application has one data source, called 'default', and no 'uno.databases.journal.url'");
	}

	private static final class TwoDatabases implements EntityDatabases {

		@Override
		public String ownerOf(Class<?> entity) {
			return (entity == Place.class) ? "journal" : "main";
		}

		@Override
		public String require(String name) {
			return name;
		}

		@Override
		public String getDefault() {
			return "main";
		}

		@Override
		public void claim(String name) {
			throw new UnsupportedOperationException(name);
		}

	}

}
