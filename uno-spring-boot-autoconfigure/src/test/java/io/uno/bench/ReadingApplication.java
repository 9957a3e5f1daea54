package io.uno.bench;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/**
 * An application with one entity and everything that Boot configures around it. Hibernate
 * and pgjdbc are set to insert as fast as they can.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EntityScan(basePackageClasses = Reading.class)
@EnableJpaRepositories(basePackageClasses = Reading.class)
class ReadingApplication {

	/**
	 * What pgjdbc has to be told in the url to write several rows by one statement.
	 */
	static final String URL_PARAMETERS = "?reWriteBatchedInserts=true";

	/**
	 * Rows of one JDBC batch.
	 */
	static final int BATCH_SIZE = 1_000;

	/**
	 * Starts the application; where its database is comes from the arguments and the
	 * environment.
	 * @param arguments properties, as on a command line
	 * @return the context
	 */
	static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(ReadingApplication.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false",
					"spring.docker.compose.enabled=false", "logging.level.root=warn", "spring.flyway.enabled=false",
					"spring.datasource.hikari.maximum-pool-size=2",
					"spring.jpa.properties.hibernate.jdbc.batch_size=" + BATCH_SIZE,
					"spring.jpa.properties.hibernate.order_inserts=true")
			.run(arguments);
	}

}
