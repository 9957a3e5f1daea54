package io.uno.docs;

import io.uno.docs.atlas.City;
import io.uno.docs.atlas.CityRepository;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test that the page on embedded servers shows.
 */
@TestPropertySource(properties = { "spring.jpa.hibernate.ddl-auto=create", "spring.flyway.enabled=false" })
@SpringBootTest
@EmbeddedPostgres(replicas = 1)
class CitiesTests {

	private final CityRepository cities;

	private final TransactionTemplate transaction;

	@Autowired
	CitiesTests(CityRepository cities, TransactionTemplate transaction) {
		this.cities = cities;
		this.transaction = transaction;
	}

	@Test
	void readsItsOwnWriteWhileAReplicaLags(PostgresCluster cluster) {
		cluster.replica("replica-1").awaitReplay();
		cluster.replica("replica-1").pauseReplay();
		long written = this.transaction.execute((status) -> {
			this.cities.saveAndFlush(new City(1L, "Bern", null));
			return this.cities.count();
		});
		assertThat(written).isOne();
		assertThat(this.cities.count()).isOne();
		cluster.heal();
		assertThat(this.cities.count()).isOne();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan("io.uno.docs.atlas")
	@EnableJpaRepositories("io.uno.docs.atlas")
	static class Application {

	}

}
