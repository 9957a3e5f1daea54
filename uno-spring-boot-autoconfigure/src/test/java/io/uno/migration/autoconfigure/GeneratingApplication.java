package io.uno.migration.autoconfigure;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;

/**
 * An application whose entity has got an attribute more than its first migration has
 * columns.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GeneratingApplication {

	static final String RUNS = "The application is at work";

	public static void main(String[] arguments) {
		SpringApplication.run(GeneratingApplication.class, arguments);
	}

	@Bean
	static PersistenceManagedTypes persistenceManagedTypes() {
		return PersistenceManagedTypes.of(Visit.class.getName());
	}

	@Bean
	ApplicationRunner work() {
		return (arguments) -> System.out.println(RUNS);
	}

	@Entity(name = "GeneratedVisit")
	@Table(name = "visit")
	static class Visit {

		@Id
		private @Nullable Long id;

		private @Nullable String city;

		private @Nullable Integer days;

	}

}
