package io.uno.sample.load;

import java.util.List;

import io.uno.sample.atlas.Country;
import io.uno.sample.atlas.Region;

/**
 * Reads regions.
 */
class RegionReader implements RowReader<Region> {

	@Override
	public List<String> columns() {
		return List.of("country", "code", "name");
	}

	@Override
	public Region read(CsvRow row) throws RejectedRowException {
		return new Region(Country.named(row.text("country", 2)), row.text("code", 8), row.text("name", 255));
	}

}
