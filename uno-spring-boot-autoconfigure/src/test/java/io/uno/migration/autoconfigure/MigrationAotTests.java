package io.uno.migration.autoconfigure;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, compiles what comes of it, and starts it.
 */
class MigrationAotTests {

	private static final Map<String, Object> PROPERTIES = Map.of("uno.default-database", "atlas",
			"uno.databases.atlas.url", "jdbc:h2:mem:aot-atlas", "uno.databases.atlas.username", "sa",
			"uno.databases.journal.url", "jdbc:h2:mem:aot-journal", "uno.databases.journal.username", "sa",
			"uno.databases.journal.flyway.table", "history");

	private final InMemoryGeneratedFiles generated = new InMemoryGeneratedFiles();

	@Test
	void processedApplicationMigratesAsTheOriginal(@TempDir Path directory) throws Exception {
		ClassName initializer = process();
		compile(directory);
		define(directory);
		try (GenericApplicationContext context = start(initializer)) {
			assertThat(context.getBeanNamesForType(Flyway.class)).containsExactlyInAnyOrder("atlas.flyway",
					"journal.flyway");
			assertThat(context.getBeanNamesForType(FlywayMigrationInitializer.class)).hasSize(2);
			assertThat(installedBy(context, "atlas")).isEqualTo("everywhere");
			assertThat(installedBy(context, "journal")).isEqualTo("everywhere, journal");
			assertThat(context.getBean("journal.flyway", Flyway.class).getConfiguration().getTable())
				.isEqualTo("history");
		}
	}

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			addProperties(context);
			context.register(Application.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(MigrationAotTests.class), "Migration"), this.generated);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			assertThat(context.getBeanFactory().getSingletonNames())
				.noneMatch((name) -> name.startsWith("atlas.") || name.startsWith("journal."))
				.doesNotContain("everywhere", "journalOnly");
			return initializer;
		}
	}

	private void compile(Path directory) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-parameters", "-d",
				directory.toString(), "-classpath", System.getProperty("java.class.path")));
		for (String name : this.generated.getGeneratedFiles(Kind.SOURCE).keySet()) {
			Path source = directory.resolve("src").resolve(name);
			Files.createDirectories(source.getParent());
			Files.writeString(source, this.generated.getGeneratedFileContent(Kind.SOURCE, name),
					StandardCharsets.UTF_8);
			arguments.add(source.toString());
		}
		int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
		assertThat(result).isZero();
	}

	/**
	 * Generated classes use what is package-private beside the classes that they are
	 * named after.
	 */
	private void define(Path directory) throws Exception {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter((file) -> file.toString().endsWith(".class")).toList()) {
				String name = directory.relativize(file).toString().replace('/', '.').split("__")[0];
				MethodHandles.privateLookupIn(Class.forName(name), MethodHandles.lookup())
					.defineClass(Files.readAllBytes(file));
			}
		}
	}

	@SuppressWarnings("unchecked")
	private GenericApplicationContext start(ClassName initializer) throws Exception {
		SpringProperties.setFlag("spring.aot.enabled");
		try {
			GenericApplicationContext context = new GenericApplicationContext();
			addProperties(context);
			((ApplicationContextInitializer<GenericApplicationContext>) Class.forName(initializer.reflectionName())
				.getDeclaredConstructor()
				.newInstance()).initialize(context);
			context.refresh();
			return context;
		}
		finally {
			SpringProperties.setProperty("spring.aot.enabled", null);
		}
	}

	private static void addProperties(GenericApplicationContext context) {
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", PROPERTIES));
	}

	private static String installedBy(GenericApplicationContext context, String database) {
		return context.getBean(database + ".flyway", Flyway.class).getConfiguration().getInstalledBy();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ UnoDataSourceAutoConfiguration.class, UnoMigrationAutoConfiguration.class,
			UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class })
	static class Application {

		@Bean
		@Order(2)
		@Qualifier("journal")
		FlywayConfigurationCustomizer journalOnly() {
			return (configuration) -> configuration.installedBy(configuration.getInstalledBy() + ", journal");
		}

		@Bean
		@Order(1)
		FlywayConfigurationCustomizer everywhere() {
			return (configuration) -> configuration.installedBy("everywhere");
		}

	}

}
