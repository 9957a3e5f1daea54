package io.uno.sample;

import io.uno.sample.load.ImportRunner;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Every city of the world in two databases, imported by {@code COPY}, read from a
 * replica, and shown on a page that names the node of each answer.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WorldAtlas {

	public static void main(String[] args) {
		ConfigurableApplicationContext context = SpringApplication.run(WorldAtlas.class, args);
		if (context.getBean(ImportRunner.class).isLast()) {
			System.exit(SpringApplication.exit(context));
		}
	}

}
