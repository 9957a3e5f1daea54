package io.uno.sample.atlas;

import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CityRepository extends Repository<City, Long> {

	@EntityGraph(attributePaths = { "country", "region" })
	Optional<City> findByGeonameId(long geonameId);

	@EntityGraph(attributePaths = { "country", "region" })
	Window<City> findBySearchNameStartingWithAndPopulationGreaterThanEqual(String searchName, int minPopulation,
			Sort sort, Limit limit, ScrollPosition position);

	@EntityGraph(attributePaths = { "country", "region" })
	Window<City> findByCountryCodeAndSearchNameStartingWithAndPopulationGreaterThanEqual(String country,
			String searchName, int minPopulation, Sort sort, Limit limit, ScrollPosition position);

	@Query("""
			select count(city) as cities, coalesce(sum(city.population), 0) as population,
				count(case when city.region is null then city.regionCode end) as unresolvedRegions
			from City city
			""")
	CityTotals totals();

	void flush();

	/**
	 * Figures over all cities.
	 */
	interface CityTotals {

		long getCities();

		long getPopulation();

		long getUnresolvedRegions();

	}

}
