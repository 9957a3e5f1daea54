package io.uno.web.autoconfigure;

import io.uno.web.DatabaseProblemAdvice;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;

class UnoProblemDetailsAutoConfigurationTests {

	private static final String ON = "uno.web.problem-details=true";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoProblemDetailsAutoConfiguration.class));

	@Test
	void adviceIsThereWhenAskedFor() {
		this.runner.withPropertyValues(ON)
			.run((context) -> assertThat(context).hasSingleBean(DatabaseProblemAdvice.class));
	}

	@Test
	void nothingIsThereUnlessAskedFor() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseProblemAdvice.class));
		this.runner.withPropertyValues("uno.web.problem-details=false")
			.run((context) -> assertThat(context).doesNotHaveBean(DatabaseProblemAdvice.class));
	}

	@Test
	void adviceOfTheApplicationTakesThePlaceOfOurs() {
		this.runner.withPropertyValues(ON)
			.withUserConfiguration(OwnAdvice.class)
			.run((context) -> assertThat(context).hasSingleBean(DatabaseProblemAdvice.class).hasBean("own"));
	}

	@Test
	void nothingIsThereOutsideOfWebApplications() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoProblemDetailsAutoConfiguration.class))
			.withPropertyValues(ON)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseProblemAdvice.class));
	}

	@Test
	void nothingIsThereWithoutTheClassesOfSpringWeb() {
		this.runner.withPropertyValues(ON)
			.withClassLoader(new FilteredClassLoader(ControllerAdvice.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("databaseProblemAdvice"));
	}

	@Test
	void nothingOfJpaIsNeeded() {
		this.runner.withPropertyValues(ON)
			.withClassLoader(new FilteredClassLoader("jakarta.persistence"))
			.run((context) -> assertThat(context).hasSingleBean(DatabaseProblemAdvice.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAdvice {

		@Bean
		DatabaseProblemAdvice own() {
			return new DatabaseProblemAdvice();
		}

	}

}
