package io.uno.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import io.uno.migration.ScratchDatabases.ScratchDatabase;
import io.uno.schema.Plan;
import io.uno.schema.Plan.Lock;
import io.uno.schema.Plan.Risk;
import io.uno.schema.SchemaModel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("postgres")
class MigrationGeneratorTests {

	private static final String CITY = "create table city (id bigint primary key, name varchar(255) not null);";

	private static final String CITY_WITH_MOTTO = "create table city (id bigint primary key, motto varchar(80), name varchar(255) not null);";

	private final PostgresCluster scratch = PostgresCluster.shared(0);

	private final PostgresCluster application = PostgresCluster.shared(0);

	private final DatabaseAdmin admin = DatabaseAdmin.create(this.scratch.database(), this::connect);

	@TempDir
	private Path directory;

	private Resources resources = new Resources(Path.of("."), ".");

	@BeforeEach
	void start() {
		this.resources = new Resources(this.directory, "db/migration/atlas");
		JdbcClient.create(this.scratch.primary().superuserDataSource())
			.sql("alter role %s superuser".formatted(this.scratch.username()))
			.update();
	}

	@AfterEach
	void close() {
		List<String> left = JdbcClient.create(this.scratch.primary().superuserDataSource())
			.sql("select datname from pg_database where datname like 'uno\\_scratch\\_%'")
			.query(String.class)
			.list();
		this.scratch.close();
		this.application.close();
		assertThat(left).as("scratch databases left behind").isEmpty();
	}

	@Test
	void writesWhatEntitiesWantAndMigrationsLack() {
		this.resources.with("V1__create.sql", CITY);
		ProvenMigration migration = prove(CITY_WITH_MOTTO).orElseThrow();
		assertThat(migration).hasToString(
				"db/migration/atlas/V2__add_motto.sql    proven: applied, rows intact, undone, nothing left to do");
		assertThat(this.resources.files()).containsExactly("V1__create.sql");
		migration.write();
		assertThat(this.resources.files()).containsExactly("V1__create.sql", "V2__add_motto.sql");
		assertThat(this.resources.read("V2__add_motto.sql")).isEqualTo("""
				-- lock: ACCESS EXCLUSIVE, risk: none
				-- inverse: alter table "city" drop column "motto";
				alter table "city" add column "motto" character varying(80);
				""");
		assertThat(prove(CITY_WITH_MOTTO)).isEmpty();
	}

	@Test
	void leavesTheApplicationsDatabaseAlone() {
		this.resources.with("V1__create.sql", CITY);
		prove(CITY_WITH_MOTTO);
		assertThat(JdbcClient.create(this.application.primary().dataSource())
			.sql("select count(*) from pg_class where relnamespace = 'public'::regnamespace")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void nothingToDo() {
		this.resources.with("V1__create.sql", CITY);
		assertThat(prove(CITY)).isEmpty();
		assertThat(this.resources.files()).containsExactly("V1__create.sql");
	}

	@ParameterizedTest
	@CsvSource({ "V1__a.sql, V2", "V7__a.sql, V8", "V1.2__a.sql, V2", "V2_5_1__a.sql, V3", "V009__a.sql, V010",
			"V20261122184105__a.sql, V20261122184106", "V099__a.sql, V100" })
	void comesAfterTheHighestVersion(String existing, String expected) {
		this.resources.with("V0__city.sql", CITY).with(existing, "select 1");
		assertThat(prove(CITY_WITH_MOTTO).orElseThrow().file())
			.isEqualTo(this.directory.resolve("db/migration/atlas/" + expected + "__add_motto.sql"));
	}

	@Test
	void gapsBetweenVersionsStay() {
		this.resources.with("V1__city.sql", CITY).with("V3__none.sql", "select 1").with("V12__none.sql", "select 1");
		assertThat(prove(CITY_WITH_MOTTO).orElseThrow().location()).isEqualTo("db/migration/atlas/V13__add_motto.sql");
	}

	@Test
	void namesFilesAsFlywayIsTold() {
		this.resources.with("M1-city.ddl", CITY);
		FluentConfiguration flyway = flyway().sqlMigrationPrefix("M")
			.sqlMigrationSeparator("-")
			.sqlMigrationSuffixes(".ddl");
		assertThat(prove(CITY_WITH_MOTTO, flyway).orElseThrow().location())
			.isEqualTo("db/migration/atlas/M2-add_motto.ddl");
	}

	@Test
	void migrationsBuildWithTheSettingsOfFlyway() {
		this.resources.with("V1__city.sql",
				"create table ${table} (id bigint primary key, name varchar(255) not null)");
		FluentConfiguration flyway = flyway().placeholders(Map.of("table", "city"))
			.schemas("elsewhere")
			.table("applied");
		ProvenMigration migration = prove(CITY_WITH_MOTTO, flyway).orElseThrow();
		assertThat(migration.content()).contains("alter table \"city\" add column");
	}

	@Test
	void rolesAndExtensionsAreThere() {
		String role = "reader_" + this.scratch.database();
		this.resources.with("V1__city.sql",
				CITY + "create extension citext; grant select on city to %s;".formatted(role));
		String wanted = "create table city (id bigint primary key, name varchar(255) not null, alias citext);"
				+ "grant select on city to %s;".formatted(role);
		try {
			assertThat(generator().prove(request(wanted, flyway(), Set.of(role))).orElseThrow().content())
				.contains("add column \"alias\" citext;");
		}
		finally {
			JdbcClient.create(this.scratch.primary().superuserDataSource()).sql("drop role " + role).update();
		}
	}

	@Test
	void tablesKeepRowsOfEveryKind() {
		String tables = """
				create type feature as enum ('park', 'lake');
				create domain code as varchar(2) check (value <> '1');
				create table country (id bigint primary key, code varchar(2) not null unique check (code ~ '^[A-Z]+$'));
				create table city (id bigint generated always as identity primary key,
					country_id bigint not null references country, feature feature not null, code code not null,
					population integer not null check (population > 100), location point not null, tags text[] not null,
					seen tstzrange not null, at timestamptz not null, key uuid not null, data jsonb not null,
					raw bytea not null, address inet not null, name char(3) not null, price numeric(3,3) not null,
					open boolean not null, day date not null, area polygon, double bigint generated always as (id * 2) stored%s)
				""";
		this.resources.with("V1__city.sql", tables.formatted(""));
		assertThat(prove(tables.formatted(", extra text default 'x' not null")).orElseThrow().proof())
			.isEqualTo("applied, rows intact, undone, nothing left to do");
	}

	@Test
	void saysWhereNoRowCouldBeMade() {
		String table = "create table city (id bigint not null%s) partition by range (id);";
		this.resources.with("V1__city.sql", table.formatted(""));
		assertThat(prove(table.formatted(", extra text")).orElseThrow().proof())
			.isEqualTo("applied, no rows to look at in city (ERROR: no partition of relation \"city\" found for row), "
					+ "undone, nothing left to do");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "_a", "add visits", "../x", "a;b", "größe", "a-b", "null\u0000" })
	void refusesNames(String name) {
		assertThatExceptionOfType(MigrationNotGeneratedException.class)
			.isThrownBy(() -> new MigrationRequest("atlas", name, flyway(), CITY, this.directory, Set.of()))
			.withMessage("'%s' can't be the name of a migration", name)
			.extracting(MigrationNotGeneratedException::getAction)
			.isEqualTo("Use up to 100 letters (a to z), digits and underscores, with a letter or a digit first, "
					+ "such as 'add_visits'.");
	}

	@Test
	void refusesWhatIsNotSupported() {
		this.resources.with("V1__city.sql", CITY);
		assertRefused(
				() -> prove("create table city (id integer primary key, motto text, population integer not null);"
						+ "create table visit (id bigint)"),
				"""
						Entities and migrations of database 'atlas' differ in what can't be generated yet:

						    type of column city.id: 'integer' in the entities, 'bigint' in the migrations
						    column city.name: none in the entities, 'character varying(255) not null' in the migrations
						    column city.population has no default: integer not null
						    table visit: 'table' in the entities, none in the migrations""",
				"Rows that are there need a value for a column that refuses null: give it a default (@ColumnDefault), "
						+ "or let it be nullable. Write the migration for these by hand and build the application, then "
						+ "generate again.");
		assertThat(this.resources.files()).containsExactly("V1__city.sql");
	}

	@Test
	void refusesAMissingDirectory() {
		this.resources.with("V1__city.sql", CITY);
		Path elsewhere = this.directory.resolve("elsewhere");
		assertRefused(
				() -> generator()
					.prove(new MigrationRequest("atlas", "add_motto", flyway(), CITY_WITH_MOTTO, elsewhere, Set.of())),
				"There is no directory '%s', where the migrations of database 'atlas' are to be (classpath:db/migration/atlas)"
					.formatted(elsewhere.resolve("db/migration/atlas")),
				"Create the directory, or name the directory of resources that it is in by the property 'uno.migration.directory'.");
	}

	@Test
	void refusesLocationsThatAreNotOnTheClassPath() {
		assertRefused(() -> prove(CITY, flyway().locations("filesystem:" + this.directory)),
				"Migrations of database 'atlas' have no location on the class path: [filesystem:%s]"
					.formatted(this.directory),
				"Add a location that begins with 'classpath:'.");
	}

	@Test
	void refusesSourcesThatHaveNotBeenBuilt() {
		this.resources.with("V1__city.sql", CITY);
		Path sources = this.directory.resolve("src");
		Resources unbuilt = new Resources(sources, "db/migration/atlas").with("V1__city.sql", CITY)
			.with("V2__add_motto.sql", "alter table city add motto varchar(80)")
			.with("notes.txt", "");
		assertRefused(
				() -> generator()
					.prove(new MigrationRequest("atlas", "add_motto", flyway(), CITY_WITH_MOTTO, sources, Set.of())),
				"'%s' holds migrations that are not on the class path: [V2__add_motto.sql]".formatted(
						sources.resolve("db/migration/atlas")),
				"Build the application first, so that they are.");
		assertThat(unbuilt.files()).hasSize(3);
	}

	@Test
	void neverOverwrites() {
		this.resources.with("V1__city.sql", CITY);
		ProvenMigration migration = prove(CITY_WITH_MOTTO).orElseThrow();
		this.resources.with("V2__add_motto.sql", "mine");
		assertThatExceptionOfType(MigrationNotGeneratedException.class).isThrownBy(migration::write)
			.withMessage("'%s' exists", migration.file());
		assertThat(this.resources.read("V2__add_motto.sql")).isEqualTo("mine");
	}

	@Test
	void refusesMigrationsThatDoNotBuildAnEmptyDatabase() {
		this.resources.with("V1__city.sql", "grant select on city to nobody");
		assertThatExceptionOfType(MigrationNotGeneratedException.class).isThrownBy(() -> prove(CITY))
			.withMessageStartingWith("The migrations of database 'atlas' can't be applied to an empty database: ")
			.withMessageContaining("V1__city.sql");
	}

	@Test
	void refusesEntitiesThatCannotBeCreated() {
		this.resources.with("V1__city.sql", CITY);
		assertRefused(() -> prove("create table city (id nothing)"),
				"What the entities of database 'atlas' want can't be created in an empty database: "
						+ "ERROR: type \"nothing\" does not exist\n  Position: 23",
				"Correct the mapping. The scratch server knows the roles [], and the extensions that the migrations create.");
	}

	@Test
	void refusesServersOfOtherVendors() {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:generator");
		assertRefused(() -> prove(CITY, flyway().dataSource(h2)),
				"Database 'atlas' is on H2 2, and migrations are generated for PostgreSQL only",
				"Write its migrations by hand.");
	}

	@Test
	void refusesServersOfAnotherVersion() {
		ServerVersion older = new ServerVersion("PostgreSQL", 17);
		assertRefused(() -> older.check(request(CITY, flyway(), Set.of())),
				"Database 'atlas' is on PostgreSQL 18, and the scratch server is PostgreSQL 17",
				"Use a scratch server of the same major version: binaries of it for the embedded server, or a DatabaseAdmin bean.");
	}

	@Test
	void refusesAPlanThatLeavesSomethingOut() {
		assertNotProven(statement("alter table city add column motto text", "alter table city drop column motto"), """
				applied, it leaves these differences:

				    type of column city.motto: 'character varying(80)' in the entities, 'text' in the migrations""");
	}

	@Test
	void refusesAPlanWhoseInverseLeavesSomething() {
		assertNotProven(statement("alter table city add column motto varchar(80)", "select 1"), """
				undone, it leaves these differences:

				    column city.motto: none in the entities, 'character varying(80)' in the migrations""");
	}

	@Test
	void refusesAPlanThatFlywayReadsInAnotherWay() {
		assertThatExceptionOfType(MigrationNotGeneratedException.class)
			.isThrownBy(() -> runProof(statement("alter table city add column motto varchar(80) default '${nothing}'",
					"alter table city drop column motto")))
			.withMessageStartingWith("The migration of database 'atlas' was not proven: Flyway can't apply it: ")
			.withMessageContaining("${nothing}");
	}

	@Test
	void refusesAPlanThatChangesRows() {
		assertNotProven(statement("update city set name = 'x'; alter table city add column motto varchar(80)",
				"alter table city drop column motto"), "applied, it changes the rows of table 'city'");
	}

	@Test
	void refusesAPlanThatLosesRows() {
		assertNotProven(statement("delete from city; alter table city add column motto varchar(80)",
				"alter table city drop column motto"), "applied, it changes the rows of table 'city'");
	}

	@Test
	void refusesAPlanWhoseInverseChangesRows() {
		assertNotProven(
				statement("alter table city add column motto varchar(80)",
						"alter table city drop column motto; delete from city"),
				"undone, it changes the rows of table 'city'");
	}

	@Test
	void refusesAPlanThatRewritesATableUnannounced() {
		assertNotProven(
				statement("alter table city add column motto varchar(80) default gen_random_uuid()::text; "
						+ "alter table city alter motto drop default", "alter table city drop column motto"),
				"the server rewrites table 'city', and the plan does not say so");
	}

	private void assertNotProven(Plan plan, String reason) {
		assertRefused(() -> runProof(plan), "The migration of database 'atlas' was not proven: " + reason,
				"Nothing has been written. Write this migration by hand.");
	}

	/**
	 * Proves a plan that is not the generator's.
	 */
	private void runProof(Plan plan) {
		this.resources.with("V1__city.sql", CITY);
		MigrationRequest request = request(CITY_WITH_MOTTO, flyway(), Set.of());
		try (ScratchDatabases databases = new ScratchDatabases(this.admin)) {
			ScratchDatabase actual = databases.create();
			new ScratchFlyway(request.flyway(), actual).migrate();
			ScratchDatabase wanted = databases.create();
			JdbcClient.create(wanted.dataSource()).sql(CITY_WITH_MOTTO).update();
			SchemaReader reader = SchemaReader.of(request, actual);
			SchemaModel actualModel = reader.read(actual);
			MigrationFile file = new MigrationFile(this.directory, "db/migration/atlas", "V2__add_motto.sql");
			new SchemaProof(request, reader, file, new MigrationScript(plan)).run(databases.copy(actual), actualModel,
					reader.read(wanted));
			new RowsProof("atlas", actualModel, plan).run(databases.copy(actual));
		}
	}

	private static Plan statement(String sql, String inverse) {
		return new Plan(List.of(new Plan.Statement("public", "city", sql, inverse, Lock.ACCESS_EXCLUSIVE, Risk.NONE)),
				List.of());
	}

	private static void assertRefused(ThrowingCallable call, String message, String action) {
		assertThatExceptionOfType(MigrationNotGeneratedException.class).isThrownBy(call)
			.withMessage(message.replace("%", "%%"))
			.extracting(MigrationNotGeneratedException::getAction)
			.isEqualTo(action);
	}

	private Optional<ProvenMigration> prove(String wanted) {
		return prove(wanted, flyway());
	}

	private Optional<ProvenMigration> prove(String wanted, FluentConfiguration flyway) {
		return generator().prove(request(wanted, flyway, Set.of()));
	}

	private MigrationGenerator generator() {
		return MigrationGenerator.create(this.admin);
	}

	private MigrationRequest request(String wanted, FluentConfiguration flyway, Set<String> roles) {
		return new MigrationRequest("atlas", "add_motto", flyway, wanted, this.directory, roles);
	}

	private FluentConfiguration flyway() {
		return Flyway.configure(this.resources.classLoader())
			.locations("classpath:db/migration/atlas")
			.dataSource(this.application.primary().dataSource());
	}

	private DataSource connect(String database) {
		return new DriverManagerDataSource(
				"jdbc:postgresql://127.0.0.1:%d/%s".formatted(this.scratch.primary().port(), database),
				this.scratch.username(), this.scratch.password());
	}

}
