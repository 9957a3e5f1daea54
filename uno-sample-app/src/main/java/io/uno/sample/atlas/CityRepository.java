package io.uno.sample.atlas;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CityRepository extends Repository<City, Long> {

	@EntityGraph(attributePaths = { "country", "region" })
	Optional<City> findByGeonameId(long geonameId);

	@Query("""
			select city from City city join fetch city.country country left join fetch city.region
			where (:country is null or country.code = :country) and city.population >= :minPopulation
			""")
	List<City> search(@Nullable String country, int minPopulation, Sort sort, Limit limit);

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
