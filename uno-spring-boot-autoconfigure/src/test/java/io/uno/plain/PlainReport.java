package io.uno.plain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the plain application and tells what came of it in classes of the JDK alone, as
 * it is called across class loaders.
 */
final class PlainReport {

	private PlainReport() {
	}

	static Map<String, Map<String, String>> create(Path ddl, String excluded, String[] dataSource) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(PlainApplication.class)
			.web(WebApplicationType.NONE)
			.properties(PlainApplication.FLYWAY, "spring.main.banner-mode=off",
					"spring.jpa.properties.jakarta.persistence.schema-generation.scripts.action=create",
					"spring.jpa.properties.jakarta.persistence.schema-generation.scripts.create-target=" + ddl)
			.properties(dataSource)
			.run("--spring.autoconfigure.exclude=" + excluded)) {
			return Map.of("beans", beans(context), "conditions", conditions(context), "ddl", Map.of("", read(ddl)));
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

}
