package io.uno.migration.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.migration.MigrationNotGeneratedException;
import io.uno.migration.Resources;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Whole applications that are started to generate a migration, in this JVM; the scratch
 * server is one that the tests share.
 */
@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class MigrationGenerationTests {

	/**
	 * Pools of other tests in this JVM report lost servers with traces of their own.
	 */
	private static final String TRACE = "\tat io.uno.migration.";

	private static final String VISIT = "create table visit (id bigint primary key, city varchar(255));";

	private static final String LINE = "proven: applied, rows intact, undone, nothing left to do";

	private final PostgresCluster atlas = PostgresCluster.shared(0);

	private final PostgresCluster journal = PostgresCluster.shared(0);

	@TempDir
	private Path directory;

	private Resources resources = new Resources(Path.of("."), ".");

	@BeforeEach
	void start() {
		this.resources = new Resources(this.directory, "db/migration");
	}

	@AfterEach
	void close() {
		this.atlas.close();
		this.journal.close();
	}

	@Test
	void generatesWhatValidationThenAccepts(CapturedOutput output) {
		this.resources.with("V1__create.sql", VISIT);
		assertThat(generate(single("--spring.jpa.hibernate.ddl-auto=validate"))).isTrue();
		assertThat(output).contains("db/migration/V2__add_days.sql    " + LINE)
			.doesNotContain(GeneratingApplication.RUNS, "started a life cycle");
		assertThat(this.resources.read("V2__add_days.sql")).isEqualTo("""
				-- lock: ACCESS EXCLUSIVE, risk: none
				-- inverse: alter table "visit" drop column "days";
				alter table "visit" add column "days" integer;
				""");
		try (ConfigurableApplicationContext context = run(single("--spring.jpa.hibernate.ddl-auto=validate"))) {
			assertThat(context.isActive()).isTrue();
			assertThat(JdbcClient.create(this.atlas.primary().dataSource())
				.sql("select version from flyway_schema_history order by installed_rank")
				.query(String.class)
				.list()).containsExactly("1", "2");
		}
		assertThat(output).contains(GeneratingApplication.RUNS, "started a life cycle");
	}

	@Test
	void nothingToDo(CapturedOutput output) {
		this.resources.with("V1__create.sql", VISIT).with("V2__days.sql", "alter table visit add days integer");
		assertThat(generate(single())).isTrue();
		assertThat(output).contains("Nothing to generate for database 'default': entities and migrations agree");
		assertThat(this.resources.files()).containsExactly("V1__create.sql", "V2__days.sql");
	}

	@Test
	void unsupportedDifferenceIsToldByName(CapturedOutput output) {
		this.resources.with("V1__create.sql",
				"create table visit (id integer primary key, city varchar(255), note text)");
		assertFails(() -> generate(single()));
		assertThat(output)
			.contains("Entities and migrations of database 'default' differ in what can't be generated yet:",
					"    type of column visit.id: 'bigint' in the entities, 'integer' in the migrations",
					"    column visit.note: none in the entities, 'text' in the migrations",
					"Write the migration for these by hand and build the application, then generate again.")
			.doesNotContain(GeneratingApplication.RUNS, TRACE);
		assertThat(this.resources.files()).containsExactly("V1__create.sql");
	}

	@Test
	void invalidNameIsTold(CapturedOutput output) {
		this.resources.with("V1__create.sql", VISIT);
		assertFails(() -> generate(single("--uno.migration.generate=add days")));
		assertThat(output).contains("'add days' can't be the name of a migration").doesNotContain(TRACE);
		assertFails(() -> generate(single("--uno.migration.generate=")));
		assertThat(output).contains("'' can't be the name of a migration");
	}

	@Test
	void missingDirectoryIsTold(CapturedOutput output) {
		this.resources.with("V1__create.sql", VISIT);
		assertFails(() -> generate(single("--uno.migration.directory=" + this.directory.resolve("src"))));
		assertThat(output)
			.contains("There is no directory '%s', where the migrations of database 'default' are to be"
				.formatted(this.directory.resolve("src/db/migration")))
			.doesNotContain(TRACE);
	}

	@Test
	void applicationWithoutFlywayIsTold(CapturedOutput output) {
		assertFails(() -> generate(single("--spring.flyway.enabled=false")));
		assertThat(output).contains("'uno.migration.generate' is set, and no database has a Flyway of its own");
	}

	@Test
	void eachDatabaseGetsItsOwnMigration(CapturedOutput output) {
		Resources journalResources = new Resources(this.directory, "db/migration/journal").with("V4__create.sql",
				"create table unused (id bigint); drop table unused");
		Resources atlasResources = new Resources(this.directory, "db/migration/atlas").with("V6__create.sql", VISIT);
		assertThat(generate(several())).isTrue();
		assertThat(output).contains("db/migration/atlas/V7__add_days.sql    " + LINE,
				"Nothing to generate for database 'journal': entities and migrations agree");
		assertThat(atlasResources.files()).containsExactly("V6__create.sql", "V7__add_days.sql");
		assertThat(journalResources.files()).containsExactly("V4__create.sql");
	}

	@Test
	void noDatabaseGetsAMigrationWhenOneIsRefused(CapturedOutput output) {
		new Resources(this.directory, "db/migration/journal").with("V1__create.sql", "create table log (id bigint)");
		Resources atlasResources = new Resources(this.directory, "db/migration/atlas").with("V1__create.sql", VISIT);
		assertFails(() -> generate(several()));
		assertThat(output).contains("    table log: none in the entities, 'table' in the migrations");
		assertThat(atlasResources.files()).containsExactly("V1__create.sql");
	}

	@Test
	void misspeltPropertyIsTold(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(single("--uno.migration.genrate=add_days")));
		assertThat(output).contains("uno.migration.genrate");
	}

	@Test
	void directoryAloneGeneratesNothing(CapturedOutput output) {
		this.resources.with("V1__create.sql", VISIT);
		try (ConfigurableApplicationContext context = run(single())) {
			assertThat(context.getBeansOfType(MigrationGeneration.class)).isEmpty();
		}
		assertThat(output).contains(GeneratingApplication.RUNS);
	}

	/**
	 * Starts the application to generate a migration.
	 * @return whether it has ended by itself
	 */
	private boolean generate(List<String> properties) {
		List<String> arguments = new ArrayList<>(properties);
		if (arguments.stream().noneMatch((argument) -> argument.startsWith("--uno.migration.generate"))) {
			arguments.add("--uno.migration.generate=add_days");
		}
		RecordedExit exit = new RecordedExit();
		assertThatException().isThrownBy(() -> run(arguments, exit)).satisfies((failure) -> {
			if (!exit.asked) {
				throw (RuntimeException) failure;
			}
		});
		return exit.asked;
	}

	private ConfigurableApplicationContext run(List<String> arguments) {
		return run(arguments, new RecordedExit());
	}

	private ConfigurableApplicationContext run(List<String> arguments, RecordedExit exit) {
		return new SpringApplicationBuilder(GeneratingApplication.class, Scratch.class)
			.resourceLoader(new DefaultResourceLoader(this.resources.classLoader()))
			.initializers((context) -> context.getBeanFactory().registerSingleton("recordedExit", exit))
			.web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
	}

	private List<String> single(String... further) {
		List<String> arguments = new ArrayList<>(node("spring.datasource", this.atlas.primary()));
		arguments.addAll(List.of(further));
		if (arguments.stream().noneMatch((argument) -> argument.startsWith("--uno.migration.directory"))) {
			arguments.add("--uno.migration.directory=" + this.directory);
		}
		return arguments;
	}

	private List<String> several() {
		List<String> arguments = new ArrayList<>(node("uno.databases.atlas", this.atlas.primary()));
		arguments.addAll(node("uno.databases.journal", this.journal.primary()));
		arguments.add("--uno.default-database=atlas");
		arguments.add("--uno.databases.journal.packages=io.uno.nowhere");
		arguments.add("--uno.migration.directory=" + this.directory);
		return arguments;
	}

	private static List<String> node(String prefix, PostgresNode node) {
		return List.of("--" + prefix + ".url=" + node.jdbcUrl(), "--" + prefix + ".username=" + node.username(),
				"--" + prefix + ".password=" + node.password());
	}

	private static void assertFails(ThrowingCallable call) {
		assertThatException().isThrownBy(call).satisfies((failure) -> {
			Throwable cause = failure;
			while (cause.getCause() != null && !(cause instanceof MigrationNotGeneratedException)) {
				cause = Objects.requireNonNull(cause.getCause());
			}
			assertThat(cause).isInstanceOf(MigrationNotGeneratedException.class);
		});
	}

	/**
	 * Closes the context, and leaves the JVM alone.
	 */
	static final class RecordedExit implements ApplicationExit {

		private boolean asked;

		@Override
		public void exit(ConfigurableApplicationContext context) {
			this.asked = true;
			throw new IllegalStateException("The JVM would end here");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scratch {

		@Bean
		EmbeddedDatabaseAdmin databaseAdmin() {
			return new EmbeddedDatabaseAdmin(PostgresCluster.shared(0));
		}

		@Bean
		SmartLifecycle lifeCycle() {
			return new SmartLifecycle() {

				@Override
				public void start() {
					System.out.println("The application started a life cycle");
				}

				@Override
				public void stop() {
				}

				@Override
				public boolean isRunning() {
					return false;
				}

			};
		}

	}

}
