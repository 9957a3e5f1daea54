package io.uno.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.uno.embedded.PostgresCluster;
import io.uno.schema.Plan.Difference;
import io.uno.schema.Plan.Lock;
import io.uno.schema.Plan.Reason;
import io.uno.schema.Plan.Risk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both sides are databases of a real server, the actual one with a table to begin with.
 */
@Tag("postgres")
class PlanTests {

	private static final String CITY = "create table city (id bigint primary key, name varchar(255) not null)";

	@SuppressWarnings("NullAway.Init") // before all tests
	private static PostgresCluster actualDatabase;

	@SuppressWarnings("NullAway.Init") // before all tests
	private static PostgresCluster wantedDatabase;

	private final PostgresCluster actual = actualDatabase;

	private final PostgresCluster wanted = wantedDatabase;

	@BeforeAll
	static void start() {
		actualDatabase = PostgresCluster.shared(0);
		wantedDatabase = PostgresCluster.shared(0);
	}

	@AfterAll
	static void close() {
		actualDatabase.close();
		wantedDatabase.close();
	}

	@BeforeEach
	void createTables() {
		for (PostgresCluster database : List.of(this.actual, this.wanted)) {
			empty(database);
			in(database, CITY);
		}
	}

	private static void empty(PostgresCluster database) {
		JdbcClient.create(database.primary().dataSource()).sql("""
				select format('drop schema %I cascade', nspname) from pg_namespace
				where nspname !~ '^pg_' and nspname <> 'information_schema'
				""").query(String.class).list().forEach((drop) -> in(database, drop));
		in(database, "create schema public");
	}

	@Test
	void equalSchemasNeedNothing() {
		assertThat(plan().isEmpty()).isTrue();
	}

	@Test
	void addsANullableColumn() {
		in(this.wanted, "alter table city add motto varchar(80)");
		assertThat(plan())
			.isEqualTo(new Plan(
					List.of(new Plan.Statement("public", "city",
							"alter table \"city\" add column \"motto\" character varying(80)",
							"alter table \"city\" drop column \"motto\"", Lock.ACCESS_EXCLUSIVE, Risk.NONE)),
					List.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			"bigint default 0 not null | bigint default 0 not null | NONE",
			"text default 'it''s' | text default 'it''s'::text | NONE",
			"timestamptz default now() not null | timestamp with time zone default now() not null | NONE",
			"uuid default gen_random_uuid() | uuid default gen_random_uuid() | TABLE_REWRITE",
			"numeric(5,2)[] default '{}' | numeric(5,2)[] default '{}'::numeric[] | NONE",
			"double precision default random() + 1 | double precision default (random() + (1)::double precision) | TABLE_REWRITE",
			"text collate \"C\" default current_user | text collate \"C\" default CURRENT_USER | NONE" })
	void rendersTheColumnAsTheServerTellsIt(String declared, String rendered, Risk risk) {
		in(this.wanted, "alter table city add extra " + declared);
		Plan plan = plan();
		assertThat(plan.unresolved()).isEmpty();
		assertThat(plan.statements()).singleElement().satisfies((statement) -> {
			assertThat(statement.sql()).isEqualTo("alter table \"city\" add column \"extra\" " + rendered);
			assertThat(statement.risk()).isEqualTo(risk);
		});
		in(this.actual, plan.statements().get(0).sql());
		assertThat(plan().isEmpty()).isTrue();
		plan.inverse().forEach((inverse) -> in(this.actual, inverse));
		assertThat(plan()).isEqualTo(plan);
	}

	@Test
	void quotesNamesAndQualifiesThoseOfOtherSchemas() {
		String table = "create schema \"Odd \"\"one\"; create table \"Odd \"\"one\".\"Ta.ble\" (id bigint)";
		in(this.actual, table);
		in(this.wanted, table);
		in(this.wanted, "alter table \"Odd \"\"one\".\"Ta.ble\" add \"na;me\" text");
		assertThat(plan().statements()).extracting(Plan.Statement::sql)
			.containsExactly("alter table \"Odd \"\"one\".\"Ta.ble\" add column \"na;me\" text");
	}

	@Test
	void undoesInReverseOrder() {
		in(this.wanted, "alter table city add one text; alter table city add two text");
		assertThat(plan().inverse()).containsExactly("alter table \"city\" drop column \"two\"",
				"alter table \"city\" drop column \"one\"");
	}

	@Test
	void anAddedColumnThatRefusesNullNeedsADefault() {
		in(this.wanted, "alter table city add population integer not null");
		assertThat(plan()).isEqualTo(new Plan(List.of(),
				List.of(new Difference("column city.population", null, "integer not null", Reason.DEFAULT_NEEDED))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
			"create table extra (id bigint) | table extra | - | table", "drop table city | table city | table | -",
			"alter table city drop column name | column city.name | character varying(255) not null | -",
			"alter table city alter name type text | type of column city.name | character varying(255) | text",
			"alter table city alter name drop not null | nullability of column city.name | not null | null",
			"alter table city alter name set default '?' | default of column city.name | - | '?'::character varying",
			"alter table city alter name type varchar(255) collate \"C\" | collation of column city.name | - | \"C\"",
			"alter table city alter id add generated always as identity | generation of column city.id | - | generated always as identity",
			"alter table city add extra bigint generated always as (id * 2) stored | column city.extra | - | bigint stored (id * 2)",
			"alter table city add unique (name) | constraint of table city | - | UNIQUE (name)",
			"alter table city drop constraint city_pkey | constraint of table city | PRIMARY KEY (id) | -",
			"alter table city add check (id > 0) | constraint of table city | - | CHECK ((id > 0))",
			"create index on city (name) | index of table city | - | CREATE INDEX ON public.city USING btree (name)",
			"create sequence city_seq increment 50 | sequence city_seq | - | bigint start 1 increment 50 from 1 to 9223372036854775807 cache 1",
			"create view cities as select id from city | view cities | - | ` SELECT id~   FROM city;`",
			"create type feature as enum ('a', 'b') | enum feature | - | 'a', 'b'",
			"create domain code as char(2) not null check (value <> '') | domain code | - | character(2) not null CHECK ((VALUE <> ''::bpchar))",
			"create type pair as (a integer, b text) | composite type pair | - | a integer, b text",
			"comment on column city.name is 'as spoken' | comment name on city | - | as spoken",
			"grant select on city to public | grant public on city | - | SELECT",
			"grant update (name) on city to public | grant public on city | - | UPDATE (name)",
			"alter table city force row level security | row security row security on city | - | disabled, forced",
			"create policy mine on city for select using (id = 1) | policy mine on city | - | permissive for r to public using ((id = 1)) with check ()",
			"create rule nothing as on delete to city do instead nothing | rule nothing on city | - | CREATE RULE nothing AS~    ON DELETE TO public.city DO INSTEAD NOTHING;",
			"create statistics pairs on id, name from city | statistics pairs on city | - | CREATE STATISTICS public.pairs ON id, name FROM city" })
	void tellsWhatItDoesNotSupport(String change, String subject, @Nullable String before, @Nullable String after) {
		in(this.wanted, change);
		assertThat(plan()).isEqualTo(
				new Plan(List.of(), List.of(new Difference(subject, before, lines(after), Reason.NOT_SUPPORTED))));
	}

	@Test
	void tellsFunctionsAndTriggers() {
		in(this.wanted, """
				create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
				create trigger touched before update on city for each row execute function touch()
				""");
		assertThat(plan().unresolved()).extracting(Difference::subject)
			.containsExactly("function touch()", "trigger touched on city");
	}

	@Test
	void tellsAChangedFunction() {
		in(this.actual, "create function one() returns integer language sql as 'select 1'");
		in(this.wanted, "create function one() returns integer language sql as 'select 2'");
		assertThat(plan().unresolved()).extracting(Difference::subject).containsExactly("function one()");
	}

	@Test
	void namesOfConstraintsAndIndexesAreNotCompared() {
		in(this.actual, "alter table city add constraint a unique (name); create index b on city (name, id)");
		in(this.wanted, "alter table city add constraint c unique (name); create index d on city (name, id)");
		assertThat(plan().isEmpty()).isTrue();
	}

	@Test
	void equalIndexesAreCounted() {
		in(this.actual, "create index one on city (name); create index two on city (name)");
		in(this.wanted, "create index one on city (name)");
		assertThat(plan().unresolved()).extracting(Difference::subject).containsExactly("index of table city");
	}

	@Test
	void orderOfColumnsIsNotCompared() {
		in(this.actual, "alter table city add one text; alter table city add two text");
		in(this.wanted, "alter table city add two text; alter table city add one text");
		assertThat(plan().isEmpty()).isTrue();
	}

	@Test
	void whatBelongsToAnExtensionIsLeftOut() {
		JdbcClient.create(this.wanted.primary().superuserDataSource()).sql("create extension hstore").update();
		assertThat(plan().isEmpty()).isTrue();
	}

	@Test
	void aTableMayBeLeftOut() {
		in(this.actual,
				"create table history (id bigint); create index on history (id); comment on table history is '?'");
		assertThat(plan().unresolved()).isNotEmpty();
		assertThat(Plan.between(read(this.actual).without("public", "history"), read(this.wanted)).isEmpty()).isTrue();
	}

	@Test
	void searchPathIsAsBefore() throws SQLException {
		try (Connection connection = this.actual.primary().dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("set search_path to pg_catalog, public");
			SchemaModel.read(connection, List.of("public"));
			try (var rows = statement.executeQuery("show search_path")) {
				rows.next();
				assertThat(rows.getString(1)).isEqualTo("pg_catalog, public");
			}
		}
	}

	private Plan plan() {
		return Plan.between(read(this.actual), read(this.wanted));
	}

	private static SchemaModel read(PostgresCluster cluster) {
		try (Connection connection = cluster.primary().dataSource().getConnection()) {
			return SchemaModel.read(connection, List.of("public", "Odd \"one"));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void in(PostgresCluster cluster, String sql) {
		JdbcClient.create(cluster.primary().dataSource()).sql(sql).update();
	}

	private static @Nullable String lines(@Nullable String text) {
		return (text != null) ? text.replace('~', '\n') : null;
	}

}
