package io.uno.docs;

import java.util.List;

import io.uno.bulk.BulkResult;
import io.uno.bulk.BulkService;
import io.uno.bulk.BulkStrategy;
import io.uno.bulk.RejectedRow;
import io.uno.docs.atlas.City;
import io.uno.docs.atlas.CityRepository;
import io.uno.docs.atlas.Country;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.session.SessionTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

import static io.uno.bulk.ErrorPolicy.collect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Runs the examples of the page on bulk operations.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "spring.jpa.hibernate.ddl-auto=create", "spring.flyway.enabled=false" })
@EmbeddedPostgres
@ExtendWith(OutputCaptureExtension.class)
class BulkGuideTests {

	private static final Logger log = LoggerFactory.getLogger(BulkGuideTests.class);

	private static final Country switzerland = new Country(1L, "CH");

	private final BulkService bulk;

	private final CityRepository cities;

	private final SessionTemplate sessions;

	@Autowired
	BulkGuideTests(BulkService bulk, CityRepository cities, SessionTemplate sessions) {
		this.bulk = bulk;
		this.cities = cities;
		this.sessions = sessions;
	}

	@BeforeEach
	void createCountry() {
		this.cities.deleteAll();
		this.sessions.writeWithoutResult((session) -> session.merge(switzerland));
	}

	@Test
	void insertResolvesReferencesAndLeavesBadRowsOut(CapturedOutput output) {
		BulkService bulk = this.bulk;
		List<City> cities = List.of(new City(1L, "Bern", Country.of("CH")), new City(2L, "Atlantis", Country.of("XX")));

		BulkResult result = bulk.insert(City.class)
			.resolving("country")
			.onError(collect(1_000))
			.onProgress((progress) -> log.info("{}", progress))
			.from(cities);

		assertThat(result.plan().strategy()).isEqualTo(BulkStrategy.COPY);
		assertThat(result.inserted()).isOne();
		assertThat(result.rejected()).singleElement()
			.returns(2L, RejectedRow::row)
			.returns("country", RejectedRow::attribute);
		assertThat(this.cities.findByCountryCode("CH")).extracting(City::getName).containsExactly("Bern");
		assertThat(output).contains("2 rows read, 1 written in");
	}

	@Test
	void upsertFindsRowsByAUniqueKey() {
		BulkService bulk = this.bulk;
		bulk.insert(City.class)
			.from(List.of(new City(1L, 2_661_552L, "Berne", switzerland), new City(2L, 2_657_896L, "Zürich", null)));
		List<City> cities = List.of(new City(11L, 2_661_552L, "Bern", switzerland),
				new City(12L, 2_657_896L, "Zürich", null), new City(13L, 2_661_169L, "Chur", switzerland));

		BulkResult result = bulk.upsert(City.class).by("geonameId").from(cities);

		assertThat(result.inserted()).isOne();
		assertThat(result.updated()).isOne();
		assertThat(result.unchanged()).isOne();
		assertThat(this.cities.findAll()).extracting(City::getId, City::getName)
			.containsExactlyInAnyOrder(tuple(1L, "Bern"), tuple(2L, "Zürich"), tuple(13L, "Chur"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan("io.uno.docs.atlas")
	@EnableJpaRepositories("io.uno.docs.atlas")
	static class Application {

	}

}
