package io.uno.plain;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.github.gavlyukovskiy.boot.jdbc.decorator.DataSourceDecoratorAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.type.UnoTypeContributor;
import net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the plain application once with uno and once without it, and compares what came
 * of it.
 */
@Tag("postgres")
class ChangesNothingTests {

	private static final String DECORATORS = DataSourceDecoratorAutoConfiguration.class.getName() + ","
			+ DataSourceObservationAutoConfiguration.class.getName();

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
		Application without = without(dataSource);
		Application with = with(dataSource);
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

	/**
	 * In this class loader, which has uno.
	 */
	private Application with(String... dataSource) {
		return Application.of(PlainReport.create(this.directory.resolve("with.sql"), DECORATORS, dataSource));
	}

	/**
	 * In a class loader that has all of the class path but uno.
	 */
	@SuppressWarnings("unchecked")
	private Application without(String... dataSource) {
		Thread thread = Thread.currentThread();
		ClassLoader original = thread.getContextClassLoader();
		try (URLClassLoader withoutUno = new URLClassLoader(classPathWithoutUno(),
				ClassLoader.getPlatformClassLoader())) {
			assertThat(ClassUtils.isPresent(UnoTypeContributor.class.getName(), withoutUno)).isFalse();
			thread.setContextClassLoader(withoutUno);
			Method create = withoutUno.loadClass(PlainReport.class.getName())
				.getDeclaredMethod("create", Path.class, String.class, String[].class);
			create.setAccessible(true);
			return Application.of((Map<String, Map<String, String>>) create.invoke(null,
					this.directory.resolve("without.sql"), DECORATORS, dataSource));
		}
		catch (IOException | ReflectiveOperationException ex) {
			throw new IllegalStateException("The application without uno failed", ex);
		}
		finally {
			thread.setContextClassLoader(original);
		}
	}

	private static URL[] classPathWithoutUno() throws IOException {
		URL uno = UnoTypeContributor.class.getProtectionDomain().getCodeSource().getLocation();
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			URL url = Path.of(entry).toUri().toURL();
			if (!url.equals(uno)) {
				urls.add(url);
			}
		}
		return urls.toArray(URL[]::new);
	}

	/**
	 * What came of an application.
	 *
	 * @param beans the types of its beans
	 * @param conditions what came of the conditions
	 * @param ddl the tables that Hibernate would create
	 */
	private record Application(Map<String, String> beans, Map<String, String> conditions, String ddl) {

		static Application of(Map<String, Map<String, String>> report) {
			return new Application(report.get("beans"), report.get("conditions"), report.get("ddl").get(""));
		}

	}

}
