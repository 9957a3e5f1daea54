package io.uno.routing.autoconfigure;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.RoutingDataSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.test.autoconfigure.TestDatabaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ReplacedDataSourceTests {

	private static final String NOBODY = "url=jdbc:postgresql://127.0.0.1:1/nobody";

	private static ApplicationContextRunner replacing(String replace) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, TestDatabaseAutoConfiguration.class))
			.withPropertyValues("spring.test.database.replace=" + replace);
	}

	@ParameterizedTest
	@ValueSource(strings = { "NON_TEST", "ANY" })
	void aReplacedDataSourceOfDatabasesSwitchesRoutingOff(String replace, CapturedOutput output) {
		replacing(replace)
			.withPropertyValues("uno.databases.atlas." + NOBODY, "uno.databases.atlas.replicas.east." + NOBODY)
			.run((context) -> assertThatRoutingIsOff(context, output, "atlas.main", "atlas.east"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "NON_TEST", "ANY", "AUTO_CONFIGURED" })
	void aReplacedDataSourceWithReplicasSwitchesRoutingOff(String replace, CapturedOutput output) {
		replacing(replace).withPropertyValues("spring.datasource." + NOBODY, "uno.replicas.east." + NOBODY)
			.run((context) -> assertThatRoutingIsOff(context, output, "default.east"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "uno.databases.atlas.packages=com.acme", "uno.replicas.east.weight=2" })
	void whereTheDataSourceIsReplacedNoUrlIsNeeded(String property, CapturedOutput output) {
		replacing("ANY").withPropertyValues(property).run((context) -> assertThatRoutingIsOff(context, output));
	}

	private static void assertThatRoutingIsOff(AssertableApplicationContext context, CapturedOutput output,
			String... pools) {
		assertThat(context).hasNotFailed();
		assertThat(context.getBean(DataSource.class)).isInstanceOf(EmbeddedDatabase.class)
			.isNotInstanceOf(RoutingDataSource.class);
		assertThat(context.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class)).isOne();
		assertThat(output).contains("Routing is off: the data source was replaced by one of type "
				+ "org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseFactory$EmbeddedDataSourceProxy, "
				+ "which all statements go to");
		for (String pool : pools) {
			assertThat(context.getBeanFactory().containsBeanDefinition(pool)).isTrue();
			assertThat(context.getBeanFactory().containsSingleton(pool)).isFalse();
		}
	}

}
