package io.uno.sample.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.uno.bulk.BulkResult;
import io.uno.bulk.BulkService;
import io.uno.bulk.BulkService.InsertSpec;
import io.uno.bulk.UnresolvedReference;
import io.uno.sample.atlas.City;
import io.uno.sample.atlas.Country;
import io.uno.sample.atlas.Region;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Loads countries, regions and cities in one transaction, in place of those of an earlier
 * import. The files name what a row belongs to by natural keys, which the bulk service
 * turns into foreign keys.
 */
@Service
class AtlasImport {

	private static final List<String> TABLES = List.of("city", "region", "country");

	private final BulkService bulk;

	private final JdbcClient jdbc;

	AtlasImport(BulkService bulk, JdbcClient jdbc) {
		this.bulk = bulk;
		this.jdbc = jdbc;
	}

	@Transactional
	List<LoadedTable> load(AtlasFiles files) {
		TABLES.forEach((table) -> this.jdbc.sql("delete from " + table).update());
		CountryReader countries = new CountryReader();
		return List.of(load("countries", files.countries(), countries, this.bulk.insert(Country.class)),
				load("regions", files.regions(), new RegionReader(),
						this.bulk.insert(Region.class).resolving("country")),
				load("cities", files.cities(), new CityReader(countries.codes()),
						this.bulk.insert(City.class).resolving("country").resolvingLeniently("region")));
	}

	private <T> LoadedTable load(String name, DataFile file, RowReader<T> reader, InsertSpec<T> insert) {
		ProgressBar bar = ProgressBar.of(name);
		try (CsvTable<T> rows = new CsvTable<>(file, reader)) {
			BulkResult result = insert.onProgress((progress) -> bar.show(rows.fraction(), progress)).from(rows);
			return new LoadedTable(name, file.name(), rows.rowsRead(), result.inserted(), rows.rejections(),
					countByAttribute(result.unresolved()));
		}
		finally {
			bar.end();
		}
	}

	private static Map<String, Long> countByAttribute(List<UnresolvedReference> unresolved) {
		return unresolved.stream()
			.collect(Collectors.groupingBy(UnresolvedReference::attribute, TreeMap::new, Collectors.counting()));
	}

}
