package io.uno.plain;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

import com.github.gavlyukovskiy.boot.jdbc.decorator.DataSourceDecoratorAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.type.UnoTypeContributor;
import net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the plain application once with uno and once without it, and compares what came
 * of it.
 */
@Tag("postgres")
class ChangesNothingTests {

	private static final String DECORATORS = DataSourceDecoratorAutoConfiguration.class.getName() + ","
			+ DataSourceObservationAutoConfiguration.class.getName();

	private static final String CLASS_PATH = System.getProperty("java.class.path");

	@TempDir
	private Path directory;

	@Test
	void onH2() {
		assertThatNothingChanges("spring.datasource.url=jdbc:h2:mem:plain");
	}

	@Test
	void onPostgres() {
		try (PostgresCluster cluster = PostgresCluster.shared(0)) {
			assertThatNothingChanges("spring.datasource.url=" + cluster.primary().jdbcUrl(),
					"spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password());
		}
	}

	private void assertThatNothingChanges(String... dataSource) {
		Application without = start("without", classPathWithoutUno(), dataSource);
		Application with = start("with", CLASS_PATH, dataSource);
		assertThat(with.ddl()).isEqualTo(without.ddl()).contains("create table book");
		assertThat(without.beans()).containsKeys("dataSource", "flyway", "entityManagerFactory");
		assertThat(with.beans()).containsAllEntriesOf(without.beans());
		assertThat(without.conditions()).hasSizeGreaterThan(100);
		assertThat(with.conditions()).containsAllEntriesOf(without.conditions());
		assertThat(added(with, without)).containsExactlyElementsOf(allowed());
	}

	private static List<String> added(Application with, Application without) {
		TreeSet<String> added = new TreeSet<>();
		with.beans()
			.keySet()
			.stream()
			.filter((name) -> !without.beans().containsKey(name))
			.forEach((name) -> added.add("bean " + name));
		with.conditions()
			.keySet()
			.stream()
			.filter((source) -> !without.conditions().containsKey(source))
			.forEach((source) -> added.add("condition " + source));
		return List.copyOf(added);
	}

	private static List<String> allowed() {
		try {
			return new ClassPathResource("added.txt", ChangesNothingTests.class)
				.getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Application start(String name, String classPath, String... dataSource) {
		try {
			Path report = this.directory.resolve(name + ".properties");
			Path log = this.directory.resolve(name + ".log");
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", PlainReport.class.getName(), report.toString(),
							this.directory.resolve(name + ".sql").toString(), DECORATORS));
			command.addAll(List.of(dataSource));
			ProcessBuilder builder = new ProcessBuilder(command);
			builder.environment().put("CLASSPATH", classPath);
			int status = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
			assertThat(status).as(() -> read(log)).isZero();
			return Application.of(report);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Everything but uno's own classes and what they register with Hibernate and Spring.
	 */
	private static String classPathWithoutUno() {
		Path uno = location(UnoTypeContributor.class);
		List<String> entries = List.of(CLASS_PATH.split(File.pathSeparator));
		List<String> others = entries.stream().filter((entry) -> !Path.of(entry).toAbsolutePath().equals(uno)).toList();
		assertThat(others).hasSize(entries.size() - 1);
		return String.join(File.pathSeparator, others);
	}

	private static Path location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What came of an application.
	 *
	 * @param beans the types of its beans
	 * @param conditions what came of the conditions
	 * @param ddl the tables that Hibernate would create
	 */
	private record Application(Map<String, String> beans, Map<String, String> conditions, String ddl) {

		static Application of(Path file) throws IOException {
			Properties report = new Properties();
			try (Reader reader = Files.newBufferedReader(file)) {
				report.load(reader);
			}
			return new Application(PlainReport.entries(report, PlainReport.BEAN),
					PlainReport.entries(report, PlainReport.CONDITION), report.getProperty(PlainReport.DDL));
		}

	}

}
