package io.uno.aot;

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

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes an application ahead of time, compiles what comes of it, and starts it.
 */
public final class AheadOfTime {

	private final Class<?> test;

	private final Class<?> application;

	private final Map<String, Object> properties;

	private final InMemoryGeneratedFiles generated = new InMemoryGeneratedFiles();

	private final List<String> singletons = new ArrayList<>();

	/**
	 * Creates an application to be processed.
	 * @param test the test, which generated classes are named after
	 */
	public AheadOfTime(Class<?> test, Class<?> application, Map<String, Object> properties) {
		this.test = test;
		this.application = application;
		this.properties = properties;
	}

	/**
	 * Names of the beans that were made while the application was processed.
	 */
	public List<String> singletons() {
		return this.singletons;
	}

	/**
	 * Starts what was generated for the application.
	 * @param directory where classes are compiled to
	 */
	public GenericApplicationContext start(Path directory) throws Exception {
		ClassName initializer = process();
		compile(directory);
		define(directory);
		return start(initializer);
	}

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			addProperties(context);
			context.register(this.application);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(this.test), this.test.getSimpleName()), this.generated);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			generation.writeGeneratedContent();
			this.singletons.addAll(List.of(context.getBeanFactory().getSingletonNames()));
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

	private void addProperties(GenericApplicationContext context) {
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.properties));
	}

}
