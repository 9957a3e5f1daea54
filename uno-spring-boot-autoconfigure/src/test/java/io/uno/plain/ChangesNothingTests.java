package io.uno.plain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.github.gavlyukovskiy.boot.jdbc.decorator.DataSourceDecoratorAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the plain application once with uno's auto-configurations and once without them,
 * and compares what came of it.
 */
@Tag("postgres")
class ChangesNothingTests {

	private static final String DECORATORS = DataSourceDecoratorAutoConfiguration.class.getName() + ","
			+ DataSourceObservationAutoConfiguration.class.getName();

	private static final List<String> AUTO_CONFIGURATIONS = StreamSupport
		.stream(ImportCandidates.load(AutoConfiguration.class, ChangesNothingTests.class.getClassLoader())
			.spliterator(), false)
		.filter((name) -> name.startsWith("io.uno."))
		.toList();

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
		assertThat(AUTO_CONFIGURATIONS).isNotEmpty();
		Application without = start("without.sql", DECORATORS + "," + String.join(",", AUTO_CONFIGURATIONS),
				dataSource);
		Application with = start("with.sql", DECORATORS, dataSource);
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

	private Application start(String script, String excluded, String... dataSource) {
		Path ddl = this.directory.resolve(script);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(PlainApplication.class)
			.web(WebApplicationType.NONE)
			.properties(PlainApplication.FLYWAY, "spring.main.banner-mode=off",
					"spring.jpa.properties.jakarta.persistence.schema-generation.scripts.action=create",
					"spring.jpa.properties.jakarta.persistence.schema-generation.scripts.create-target=" + ddl)
			.properties(dataSource)
			.run("--spring.autoconfigure.exclude=" + excluded)) {
			return new Application(beans(context), conditions(context), read(ddl));
		}
	}

	private static Map<String, String> beans(ConfigurableApplicationContext context) {
		Map<String, String> beans = new TreeMap<>();
		for (String name : context.getBeanDefinitionNames()) {
			Class<?> type = context.getType(name);
			beans.put(name, String
				.valueOf((type != null && Proxy.isProxyClass(type)) ? Arrays.toString(type.getInterfaces()) : type));
		}
		return beans;
	}

	private static Map<String, String> conditions(ConfigurableApplicationContext context) {
		ConditionEvaluationReport report = ConditionEvaluationReport.get(context.getBeanFactory());
		Map<String, String> conditions = new TreeMap<>();
		report.getConditionAndOutcomesBySource()
			.forEach((source, outcomes) -> conditions.put(source,
					outcomes.stream()
						.map((outcome) -> outcome.getOutcome().isMatch() + " " + outcome.getOutcome().getMessage())
						.collect(Collectors.joining("; "))));
		report.getUnconditionalClasses().forEach((source) -> conditions.put(source, "unconditional"));
		return conditions;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Application(Map<String, String> beans, Map<String, String> conditions, String ddl) {

	}

}
