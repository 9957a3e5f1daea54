package io.uno.plain;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the plain application in a JVM of its own, and writes down what came of it.
 */
final class PlainReport {

	static final String BEAN = "bean ";

	static final String CONDITION = "condition ";

	static final String DDL = "ddl";

	private PlainReport() {
	}

	/**
	 * Starts the application.
	 * @param arguments where the report is written, where the DDL is, the
	 * auto-configurations to leave out, and properties of the data source
	 */
	public static void main(String[] arguments) throws IOException {
		Path ddl = Path.of(arguments[1]);
		String[] dataSource = Arrays.copyOfRange(arguments, 3, arguments.length);
		Properties report = new Properties();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(PlainApplication.class)
			.web(WebApplicationType.NONE)
			.properties(PlainApplication.FLYWAY, "spring.main.banner-mode=off", "spring.docker.compose.enabled=false",
					"spring.jpa.properties.jakarta.persistence.schema-generation.scripts.action=create",
					"spring.jpa.properties.jakarta.persistence.schema-generation.scripts.create-target=" + ddl)
			.properties(dataSource)
			.run("--spring.autoconfigure.exclude=" + arguments[2])) {
			beans(context).forEach((name, type) -> report.setProperty(BEAN + name, type));
			conditions(context).forEach((source, outcome) -> report.setProperty(CONDITION + source, outcome));
		}
		report.setProperty(DDL, Files.readString(ddl));
		try (Writer writer = Files.newBufferedWriter(Path.of(arguments[0]))) {
			report.store(writer, null);
		}
	}

	/**
	 * The entries of a report, by what follows their kind.
	 */
	static Map<String, String> entries(Properties report, String kind) {
		Map<String, String> entries = new TreeMap<>();
		report.stringPropertyNames()
			.stream()
			.filter((name) -> name.startsWith(kind))
			.forEach((name) -> entries.put(name.substring(kind.length()), report.getProperty(name)));
		return entries;
	}

	private static Map<String, String> beans(ConfigurableApplicationContext context) {
		Map<String, String> beans = new TreeMap<>();
		for (String name : context.getBeanDefinitionNames()) {
			Class<?> type = context.getType(name);
			beans.put(name, (type != null) ? nameOf(type) : "");
		}
		return beans;
	}

	/**
	 * The JVM makes up names of proxies and lambda expressions.
	 */
	private static String nameOf(Class<?> type) {
		return Proxy.isProxyClass(type) ? Arrays.toString(type.getInterfaces())
				: type.getName().replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda");
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

}
