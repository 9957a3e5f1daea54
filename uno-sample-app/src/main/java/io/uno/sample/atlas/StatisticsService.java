package io.uno.sample.atlas;

import io.uno.sample.atlas.CityRepository.CityTotals;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts the atlas, on a replica.
 */
@Service
public class StatisticsService {

	private final CountryRepository countries;

	private final RegionRepository regions;

	private final CityRepository cities;

	private final AnsweringNodes nodes;

	StatisticsService(CountryRepository countries, RegionRepository regions, CityRepository cities,
			AnsweringNodes nodes) {
		this.countries = countries;
		this.regions = regions;
		this.cities = cities;
		this.nodes = nodes;
	}

	@Transactional(readOnly = true)
	public Statistics current() {
		CityTotals totals = this.cities.totals();
		return new Statistics(this.countries.count(), this.regions.count(), totals.getCities(), totals.getPopulation(),
				totals.getUnresolvedRegions(), this.nodes.current());
	}

}
