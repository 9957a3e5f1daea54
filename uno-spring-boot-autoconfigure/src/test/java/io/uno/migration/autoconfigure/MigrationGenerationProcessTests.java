package io.uno.migration.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.uno.embedded.PostgresCluster;
import io.uno.migration.Resources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications in a process of their own, with a scratch server of their own.
 */
@Tag("postgres")
class MigrationGenerationProcessTests {

	private final PostgresCluster cluster = PostgresCluster.shared(0);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void endsWithZeroWhenTheMigrationIsWritten() throws IOException, InterruptedException {
		Resources resources = resources("""
				create table visit (id bigint primary key, city varchar(255));
				grant select on visit to "%1$s";
				revoke select on visit from "%1$s";
				""".formatted(this.cluster.username()));
		Process process = start();
		String output = output(process);
		assertThat(process.exitValue()).as(output).isZero();
		assertThat(output)
			.contains("db/migration/V2__add_days.sql    proven: applied, rows intact, undone, nothing left to do")
			.doesNotContain(GeneratingApplication.RUNS, "Tomcat started");
		assertThat(resources.read("V2__add_days.sql")).contains("alter table \"visit\" add column \"days\" integer;\n");
	}

	@Test
	void endsWithOneWhenItIsNot() throws IOException, InterruptedException {
		Resources resources = resources("create table visit (id bigint primary key, city text)");
		Process process = start();
		String output = output(process);
		assertThat(process.exitValue()).as(output).isEqualTo(1);
		assertThat(output)
			.contains("APPLICATION FAILED TO START",
					"type of column visit.city: 'character varying(255)' in the entities, 'text' in the migrations")
			.doesNotContain(GeneratingApplication.RUNS, "\tat ");
		assertThat(resources.files()).containsExactly("V1__create.sql");
	}

	private Resources resources(String sql) {
		return new Resources(this.directory.resolve("src/main/resources"), "db/migration").with("V1__create.sql", sql);
	}

	/**
	 * In the directory of a project, whose resources are on the class path.
	 */
	private Process start() throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", this.directory.resolve("src/main/resources") + File.pathSeparator
								+ System.getProperty("java.class.path"),
						GeneratingApplication.class.getName()));
		command.addAll(List.of("--spring.datasource.url=" + this.cluster.primary().jdbcUrl(),
				"--spring.datasource.username=" + this.cluster.username(),
				"--spring.datasource.password=" + this.cluster.password(), "--server.port=0",
				"--spring.docker.compose.enabled=false", "--uno.migration.generate=add_days"));
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
	}

	private String output(Process process) throws IOException, InterruptedException {
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
			return Files.readString(this.directory.resolve("output"));
		}
		finally {
			process.destroyForcibly();
		}
	}

}
