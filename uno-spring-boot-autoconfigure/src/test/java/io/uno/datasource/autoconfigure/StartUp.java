package io.uno.datasource.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.assertj.core.api.Assertions;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Starts an application with the properties and environment variables of a test.
 * Immutable.
 */
final class StartUp {

	private final ApplicationContextRunner runner;

	private StartUp(ApplicationContextRunner runner) {
		this.runner = runner;
	}

	/**
	 * With properties given as {@code key=value}.
	 */
	static StartUp with(String... properties) {
		return new StartUp(new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues(properties));
	}

	StartUp and(String... properties) {
		return new StartUp(this.runner.withPropertyValues(properties));
	}

	/**
	 * With environment variables given as {@code NAME=value}.
	 */
	StartUp environment(String... variables) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (String variable : variables) {
			values.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
		}
		return new StartUp(this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, values))));
	}

	StartUp systemProperties(String... properties) {
		return new StartUp(this.runner.withSystemProperties(properties));
	}

	StartUp classLoader(ClassLoader classLoader) {
		return new StartUp(this.runner.withClassLoader(classLoader));
	}

	StartUp beans(Class<?>... configurations) {
		return new StartUp(this.runner.withUserConfiguration(configurations));
	}

	void succeeds(ContextConsumer<AssertableApplicationContext> check) {
		this.runner.run((context) -> {
			Assertions.assertThat(context).hasNotFailed();
			check.accept(context);
		});
	}

	void succeeds() {
		succeeds((context) -> {
		});
	}

	/**
	 * What the failure to start says, and what to do about it.
	 */
	void fails(String description, String action) {
		this.runner.run((context) -> {
			Assertions.assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidDatabasesFailureAnalyzer().analyze(context.getStartupFailure());
			Assertions.assertThat(analysis).as("analysis of %s", context.getStartupFailure()).isNotNull();
			Assertions.assertThat(analysis.getDescription()).isEqualTo(description);
			Assertions.assertThat(analysis.getAction()).isEqualTo(action);
		});
	}

	Throwable failure() {
		Throwable[] failure = new Throwable[1];
		this.runner.run((context) -> {
			Assertions.assertThat(context).hasFailed();
			failure[0] = context.getStartupFailure();
		});
		return failure[0];
	}

}
