package io.uno.crud.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import io.uno.aot.AheadOfTime;
import io.uno.crud.UnoDb;
import io.uno.crud.autoconfigure.garden.Plant;
import io.uno.crud.autoconfigure.garden.Stone;
import io.uno.session.autoconfigure.UnoSessionAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests injection in an application that was processed ahead of time.
 */
class CrudAotTests {

	private static final Map<String, Object> PROPERTIES = Map.of("spring.datasource.url", "jdbc:h2:mem:aot-crud",
			"spring.jpa.hibernate.ddl-auto", "create-drop");

	@Test
	void processedApplicationIsInjectedAsTheOriginal(@TempDir Path directory) throws Exception {
		AheadOfTime processed = new AheadOfTime(CrudAotTests.class, Application.class, PROPERTIES);
		try (GenericApplicationContext context = processed.start(directory)) {
			Gardener gardener = context.getBean(Gardener.class);
			gardener.stones.create(new Stone(1, "granite"));
			assertThat(gardener.stones.get(1).getName()).isEqualTo("granite");
			assertThat(gardener.plants.getObject()).hasToString("UnoDb[Plant]");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Stone.class)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
			HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class, UnoCrudAutoConfiguration.class })
	static class Application {

		@Bean
		Gardener gardener(UnoDb<Stone> stones, ObjectProvider<UnoDb<Plant>> plants) {
			return new Gardener(stones, plants);
		}

	}

	record Gardener(UnoDb<Stone> stones, ObjectProvider<UnoDb<Plant>> plants) {

	}

}
