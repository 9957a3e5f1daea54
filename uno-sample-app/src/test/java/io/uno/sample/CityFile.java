package io.uno.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;

import org.springframework.core.io.ClassPathResource;

/**
 * A file of cities that is derived from the built-in one, and what a count of it gives.
 */
record CityFile(List<List<String>> rows) {

	private static final List<String> HEADER = List.of("geoname_id", "name", "country", "region", "feature",
			"population", "longitude", "latitude");

	private static final int COUNTRY = 2;

	private static final int REGION = 3;

	private static final int POPULATION = 5;

	/**
	 * Takes every seventh row, and misspells the regions of the first three that are
	 * known.
	 */
	static CityFile everySeventhRow() throws IOException {
		try (InputStream cities = new GZIPInputStream(new ClassPathResource("data/cities.csv.gz").getInputStream())) {
			List<List<String>> all = read(cities);
			List<List<String>> rows = new ArrayList<>();
			for (int i = 0; i < all.size(); i += 7) {
				rows.add(new ArrayList<>(all.get(i)));
			}
			Set<String> known = knownRegions();
			rows.stream()
				.filter((row) -> known.contains(key(row)))
				.limit(3)
				.toList()
				.forEach((row) -> row.set(REGION, row.get(REGION) + "?"));
			return new CityFile(rows);
		}
	}

	static List<List<String>> read(InputStream csv) {
		return CsvReader.builder().ofCsvRecord(csv).stream().skip(1).map(CsvRecord::getFields).toList();
	}

	private static Set<String> knownRegions() {
		try (InputStream regions = new ClassPathResource("data/regions.csv").getInputStream()) {
			Set<String> keys = new HashSet<>();
			read(regions).forEach((row) -> keys.add(row.get(0) + "/" + row.get(1)));
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String key(List<String> row) {
		return row.get(COUNTRY) + "/" + row.get(REGION);
	}

	Path write(Path file) throws IOException {
		try (CsvWriter writer = CsvWriter.builder().build(file)) {
			writer.writeRecord(HEADER);
			this.rows.forEach(writer::writeRecord);
		}
		return file;
	}

	long unresolvedRegions() {
		Set<String> known = knownRegions();
		return this.rows.stream().filter((row) -> !row.get(REGION).isEmpty() && !known.contains(key(row))).count();
	}

	long population() {
		return this.rows.stream().mapToLong((row) -> Long.parseLong(row.get(POPULATION))).sum();
	}

}
