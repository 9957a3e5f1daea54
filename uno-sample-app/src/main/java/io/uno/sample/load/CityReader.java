package io.uno.sample.load;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.uno.sample.atlas.City;
import io.uno.sample.atlas.Country;
import io.uno.sample.atlas.Feature;
import io.uno.sample.atlas.Region;
import io.uno.type.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * Reads cities. Each names its country and its region by their codes, and loading them
 * finds out which those are.
 */
class CityReader implements RowReader<City> {

	static final List<String> COLUMNS = List.of("geoname_id", "name", "country", "region", "feature", "population",
			"longitude", "latitude");

	private final Set<String> countries;

	private final Set<Long> geonameIds = new HashSet<>();

	/**
	 * Creates a reader.
	 * @param countries the codes of all countries
	 */
	CityReader(Set<String> countries) {
		this.countries = countries;
	}

	@Override
	public List<String> columns() {
		return COLUMNS;
	}

	@Override
	public City read(CsvRow row) throws RejectedRowException {
		long geonameId = row.wholeNumber("geoname_id", 1, Long.MAX_VALUE);
		Country country = country(row);
		City city = new City(geonameId, row.text("name", 255), country, region(row, country),
				row.oneOf("feature", Feature.class), (int) row.wholeNumber("population", 0, Integer.MAX_VALUE),
				location(row));
		if (!this.geonameIds.add(geonameId)) {
			row.reject("geoname_id", "%d stands in an earlier line, too".formatted(geonameId));
		}
		return city;
	}

	private Country country(CsvRow row) throws RejectedRowException {
		String code = row.text("country", 2);
		return this.countries.contains(code) ? Country.named(code)
				: row.reject("country", "'%s' is not a country of countries.csv".formatted(code));
	}

	private @Nullable Region region(CsvRow row, Country country) throws RejectedRowException {
		String code = row.optionalText("region", 8);
		return (code != null) ? Region.named(country, code) : null;
	}

	private GeoPoint location(CsvRow row) throws RejectedRowException {
		double longitude = row.degrees("longitude", 180);
		return new GeoPoint(row.degrees("latitude", 90), longitude);
	}

}
