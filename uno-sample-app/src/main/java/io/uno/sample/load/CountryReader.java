package io.uno.sample.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.uno.sample.atlas.Country;

/**
 * Reads countries, and remembers their codes.
 */
class CountryReader implements RowReader<Country> {

	private static final int TEXT = 255;

	private final Set<String> codes = new LinkedHashSet<>();

	@Override
	public List<String> columns() {
		return List.of("Code", "Name", "Native", "Phone", "Continent", "Capital", "Currency", "Languages");
	}

	@Override
	public Country read(CsvRow row) throws RejectedRowException {
		Country country = new Country(row.text("Code", 2), row.text("Name", TEXT), row.text("Native", TEXT),
				row.text("Phone", TEXT), row.text("Continent", TEXT), row.optionalText("Capital", TEXT),
				row.optionalText("Currency", TEXT), row.optionalText("Languages", TEXT));
		this.codes.add(country.getCode());
		return country;
	}

	/**
	 * Returns the codes of all countries read so far.
	 */
	Set<String> codes() {
		return this.codes;
	}

}
