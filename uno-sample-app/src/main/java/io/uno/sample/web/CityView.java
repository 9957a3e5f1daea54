package io.uno.sample.web;

import io.uno.sample.atlas.City;
import io.uno.sample.atlas.Feature;
import org.jspecify.annotations.Nullable;

/**
 * A city as clients see it.
 */
record CityView(long geonameId, String name, String country, @Nullable String region, @Nullable String regionName,
		Feature feature, int population, double latitude, double longitude, int version) {

	static CityView of(City city) {
		return new CityView(city.getGeonameId(), city.getName(), city.getCountry().getCode(), city.getRegionCode(),
				(city.getRegion() != null) ? city.getRegion().getName() : null, city.getFeature(), city.getPopulation(),
				city.getLocation().latitude(), city.getLocation().longitude(), city.getVersion());
	}

}
