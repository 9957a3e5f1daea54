package io.uno.sample.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import io.uno.sample.atlas.City;
import io.uno.sample.atlas.Feature;
import io.uno.type.GeoPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CsvTable} with {@link CityReader}.
 */
class CsvTableTests {

	private static final String HEADER = "geoname_id,name,country,region,feature,population,longitude,latitude\n";

	private static final String ZURICH = "2657896,Zürich,CH,ZH,PPLA,341730,8.55,47.36667\n";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path file;

	@BeforeEach
	void createFile() throws IOException {
		this.file = Files.createFile(this.directory.resolve("cities"));
	}

	@Test
	void rowsBecomeCities() throws IOException {
		City city = read(HEADER + ZURICH).cities().get(0);
		assertThat(city.getGeonameId()).isEqualTo(2657896);
		assertThat(city.getName()).isEqualTo("Zürich");
		assertThat(city.getCountry().getCode()).isEqualTo("CH");
		assertThat(Objects.requireNonNull(city.getRegion()).getCode()).isEqualTo("ZH");
		assertThat(city.getRegion().getCountry()).isSameAs(city.getCountry());
		assertThat(city.getFeature()).isEqualTo(Feature.PPLA);
		assertThat(city.getPopulation()).isEqualTo(341730);
		assertThat(city.getLocation()).isEqualTo(new GeoPoint(47.36667, 8.55));
	}

	@Test
	void regionMayBeMissing() throws IOException {
		Reading reading = read(HEADER + ZURICH.replace("ZH", ""));
		assertThat(reading.cities()).singleElement().extracting(City::getRegion).isNull();
		assertThat(reading.rejected()).isEmpty();
	}

	@Test
	void compressionIsToldByContent() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write((HEADER + ZURICH).getBytes(StandardCharsets.UTF_8));
		}
		Files.write(this.file, bytes.toByteArray());
		assertThat(read().cities()).hasSize(1);
	}

	@Test
	void byteOrderMarkIsNoPartOfTheHeader() throws IOException {
		assertThat(read('\uFEFF' + HEADER + ZURICH).cities()).hasSize(1);
	}

	@Test
	void windowsLineEndsAndEmptyLinesAreAccepted() throws IOException {
		assertThat(read((HEADER + "\n" + ZURICH).replace("\n", "\r\n")).cities()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					2657896    | x2             | line 2, column geoname_id: 'x2' is not a whole number
					2657896    | 0              | line 2, column geoname_id: 0 is not between 1 and 9223372036854775807
					Zürich     | ''             | line 2, column name: is empty
					CH         | XX             | line 2, column country: 'XX' is not a country of countries.csv
					CH         | CHE            | line 2, column country: is 3 characters long, at most 2 are allowed
					PPLA       | HTL            | line 2, column feature: 'HTL' is none of [PPL, PPLA, PPLA2, PPLA3, PPLA4, PPLA5, PPLC, PPLCH, PPLF, PPLG, PPLH, PPLL, PPLQ, PPLR, PPLS, PPLW, PPLX, STLMT]
					341730     | many           | line 2, column population: 'many' is not a whole number
					341730     | -1             | line 2, column population: -1 is not between 0 and 2147483647
					341730     | 3000000000     | line 2, column population: 3000000000 is not between 0 and 2147483647
					8.55       | 180.5          | line 2, column longitude: 180.5 is not between -180 and 180
					47.36667   | NaN            | line 2, column latitude: 'NaN' is not a number
					47.36667   | -90.1          | line 2, column latitude: -90.1 is not between -90 and 90
					,47.36667  | ''             | line 2, column latitude: is missing, the row has 7 of 8 values
					47.36667   | 47.36667,extra | line 2: it has 9 values for 8 columns
					Zürich     | "Zür"ich       | line 2: Unexpected character after closing quote: 'i' (0x69)
					Zürich     | "Zürich        | line 2: a quotation mark is not closed
					47.36667   | "47.36667      | line 2: a quotation mark is not closed
					""")
	void badRowSaysLineColumnAndReason(String good, String bad, String message) throws IOException {
		Reading reading = read(HEADER + ZURICH.replace(good, bad));
		assertThat(reading.cities()).isEmpty();
		assertThat(reading.rejected()).singleElement().asString().isEqualTo(message);
	}

	@Test
	void malformedRowsCostNoOtherRow() throws IOException {
		String bern = "2661552,Bern,CH,BE,PPLC,121631,7.44744,46.94809\n";
		Reading reading = read(HEADER + ZURICH.replace("47.36667", "\"47.36667") + bern
				+ ZURICH.replace("Zürich", "\"Zür\"ich") + bern.replace("2661552", "1"));
		assertThat(reading.cities()).extracting(City::getGeonameId).containsExactly(2661552L, 1L);
		assertThat(reading.rejected()).extracting(RejectedRow::line).containsExactly(2L, 4L);
		assertThat(reading.read()).isEqualTo(4);
	}

	@Test
	void lineNumbersCountTheLinesOfQuotedValues() throws IOException {
		Reading reading = read(
				HEADER + ZURICH.replace("Zürich", "\"Zü\nrich\"") + ZURICH.replace("CH", "XX").replace("2657", "1"));
		assertThat(reading.cities()).singleElement().extracting(City::getName).isEqualTo("Zü\nrich");
		assertThat(reading.rejected()).extracting(RejectedRow::line).containsExactly(4L);
	}

	@Test
	void secondRowOfAnIdIsRejected() throws IOException {
		Reading reading = read(HEADER + ZURICH + ZURICH);
		assertThat(reading.cities()).hasSize(1);
		assertThat(reading.rejected())
			.hasToString("[line 3, column geoname_id: 2657896 stands in an earlier line, too]");
	}

	@Test
	void rejectedRowDoesNotTakeTheIdOfAGoodOne() throws IOException {
		assertThat(read(HEADER + ZURICH.replace("8.55", "x") + ZURICH).cities()).hasSize(1);
	}

	@Test
	void textThatIsNotUtf8IsRejected() throws IOException {
		Files.write(this.file, (HEADER + ZURICH).getBytes(StandardCharsets.ISO_8859_1));
		assertThat(read().rejected()).hasToString("[line 2, column name: has a character that is not UTF-8 text]");
	}

	@Test
	void manyRejectedRowsAreCountedButNotKept() throws IOException {
		Reading reading = read(HEADER + ZURICH.replace("CH", "XX").repeat(1_005));
		assertThat(reading.rejections().count()).isEqualTo(1_005);
		assertThat(reading.rejected()).hasSize(1_000);
	}

	@Test
	void fileFullOfMalformedRowsIsRefused() {
		assertThatExceptionOfType(UnusableFileException.class)
			.isThrownBy(() -> read(HEADER + ZURICH.replace("Zürich", "\"Zür\"ich").repeat(101)))
			.withMessage("%s cannot be imported: more than 100 rows are malformed, the last in line 102: "
					+ "Unexpected character after closing quote: 'i' (0x69)", this.file);
	}

	@Test
	void wrongHeaderIsRefused() {
		assertThatExceptionOfType(UnusableFileException.class).isThrownBy(() -> read("id,name\n1,Bern\n"))
			.withMessage("%s cannot be imported: its first line is 'id,name'", this.file);
	}

	@Test
	void emptyFileIsRefused() {
		assertThatExceptionOfType(UnusableFileException.class).isThrownBy(() -> read(""))
			.withMessage("%s cannot be imported: it is empty", this.file);
	}

	@Test
	void damagedCompressionIsRefused() throws IOException {
		byte[] builtIn = DataFile.builtIn("cities.csv.gz").resource().getContentAsByteArray();
		Files.write(this.file, java.util.Arrays.copyOf(builtIn, builtIn.length / 2));
		assertThatExceptionOfType(UnusableFileException.class).isThrownBy(this::read)
			.withMessage("%s cannot be imported: reading it failed: Unexpected end of ZLIB input stream", this.file);
	}

	@Test
	void missingFileIsRefused() {
		Path missing = this.directory.resolve("missing.csv");
		assertThatExceptionOfType(UnusableFileException.class).isThrownBy(() -> DataFile.of(missing))
			.withMessage("%s cannot be imported: it does not exist", missing);
	}

	@Test
	void folderIsRefused() {
		assertThatExceptionOfType(UnusableFileException.class).isThrownBy(() -> DataFile.of(this.directory))
			.withMessage("%s cannot be imported: it is not a file that can be read", this.directory);
	}

	private Reading read(String content) throws IOException {
		Files.writeString(this.file, content);
		return read();
	}

	private Reading read() {
		try (CsvTable<City> table = new CsvTable<>(DataFile.of(this.file), new CityReader(Set.of("CH")))) {
			List<City> cities = new ArrayList<>();
			table.forEachRemaining(cities::add);
			assertThat(table.fraction()).isEqualTo(1);
			return new Reading(cities, table.rowsRead(), table.rejections());
		}
	}

	/**
	 * What was read.
	 */
	private record Reading(List<City> cities, long read, Rejections rejections) {

		List<RejectedRow> rejected() {
			return this.rejections.first();
		}

	}

}
