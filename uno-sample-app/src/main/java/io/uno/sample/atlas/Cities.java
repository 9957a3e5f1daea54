package io.uno.sample.atlas;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds and changes cities. What only reads is answered by a replica.
 */
@Service
public class Cities {

	private final CityRepository cities;

	Cities(CityRepository cities) {
		this.cities = cities;
	}

	@Transactional(readOnly = true)
	public City get(long geonameId) {
		return find(geonameId);
	}

	/**
	 * Finds cities.
	 * @param name how the name begins, with or without its accents
	 * @param country code of the country, {@code null} for all countries
	 * @param minPopulation the least number of inhabitants
	 * @param sort the order
	 * @param limit the greatest number of cities
	 * @param after GeoNames id of the city that the ones before ended with, {@code null}
	 * for the first ones
	 * @return the cities, and whether there are more
	 */
	@Transactional(readOnly = true)
	public Window<City> search(String name, @Nullable String country, int minPopulation, Sort sort, int limit,
			@Nullable Long after) {
		String prefix = City.searchable(name);
		ScrollPosition position = (after != null) ? find(after).position() : ScrollPosition.keyset();
		return (country != null)
				? this.cities.findByCountryCodeAndSearchNameStartingWithAndPopulationGreaterThanEqual(country, prefix,
						minPopulation, sort, Limit.of(limit), position)
				: this.cities.findBySearchNameStartingWithAndPopulationGreaterThanEqual(prefix, minPopulation, sort,
						Limit.of(limit), position);
	}

	@Transactional
	public City change(long geonameId, CityChange change) {
		City city = find(geonameId);
		change.requireSameIdentity(city);
		if (city.getVersion() != change.version()) {
			throw new OptimisticLockingFailureException("City %d has version %d by now, not %d; read it again"
				.formatted(geonameId, city.getVersion(), change.version()));
		}
		city.change(change.name(), change.feature(), change.population(), change.location());
		// so that the result has the new version
		this.cities.flush();
		return city;
	}

	private City find(long geonameId) {
		return this.cities.findByGeonameId(geonameId).orElseThrow(() -> new UnknownCityException(geonameId));
	}

}
