package io.uno.sample.atlas;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
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

	@Transactional(readOnly = true)
	public List<City> search(@Nullable String country, int minPopulation, Sort sort, int limit) {
		return this.cities.search(country, minPopulation, sort, Limit.of(limit));
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
