package io.uno.bench;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a replica and without entities. Its pools are not measured, as
 * those of the other ways are not.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
		excludeName = { "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
				"org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration" })
class RoutedApplication {

	static ConfigurableApplicationContext start(ReplicatedServers servers, String... arguments) {
		return new SpringApplicationBuilder(RoutedApplication.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false",
					"spring.docker.compose.enabled=false", "logging.level.root=warn", "spring.flyway.enabled=false",
					"spring.datasource.hikari.maximum-pool-size=" + ReplicatedServers.POOL_SIZE)
			.properties("spring.datasource.url=" + servers.primary(),
					"spring.datasource.username=" + servers.username(), "uno.replicas.east.url=" + servers.replica())
			.run(arguments);
	}

}
