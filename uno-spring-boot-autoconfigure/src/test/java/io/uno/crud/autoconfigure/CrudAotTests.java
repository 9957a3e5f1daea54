package io.uno.crud.autoconfigure;

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

import io.uno.crud.UnoDb;
import io.uno.crud.autoconfigure.garden.Plant;
import io.uno.crud.autoconfigure.garden.Stone;
import io.uno.session.autoconfigure.UnoSessionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, compiles what comes of it, and starts it.
 */
class CrudAotTests {

	private static final Map<String, Object> PROPERTIES = Map.of("spring.datasource.url", "jdbc:h2:mem:aot-crud",
			"spring.jpa.hibernate.ddl-auto", "create-drop");

	private final InMemoryGeneratedFiles generated = new InMemoryGeneratedFiles();

	@Test
	void processedApplicationIsInjectedAsTheOriginal(@TempDir Path directory) throws Exception {
		ClassName initializer = process();
		compile(directory);
		define(directory);
		try (GenericApplicationContext context = start(initializer)) {
			Gardener gardener = context.getBean(Gardener.class);
			gardener.stones.create(new Stone(1, "granite"));
			assertThat(gardener.stones.get(1).getName()).isEqualTo("granite");
			assertThat(gardener.plants.getObject()).hasToString("UnoDb[Plant]");
		}
	}

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			addProperties(context);
			context.register(Application.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(CrudAotTests.class), "Crud"), this.generated);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
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

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Stone.class)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
			HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class, UnoCrudAutoConfiguration.class })
	static class Application {

		@Bean
		Gardener gardener(UnoDb<Stone> stones, ObjectProvider<UnoDb<Plant>> plants) {
			return new Gardener(stones, plants);
		}

	}

	record Gardener(UnoDb<Stone> stones, ObjectProvider<UnoDb<Plant>> plants) {

	}

}
