package io.uno.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.uno.sample.atlas.Statistics;
import io.uno.sample.atlas.StatisticsService;
import io.uno.sample.load.ImportRunner;
import org.apache.coyote.AbstractProtocol;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Imports of other files than the built-in one, end to end.
 */
@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class ImportTests {

	private final AtlasServers servers = AtlasServers.fresh();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@AfterEach
	void dropDatabases() {
		this.servers.close();
	}

	@Test
	void figuresAreThoseCountedFromTheFile(CapturedOutput output) throws IOException {
		CityFile cities = CityFile.everySeventhRow();
		Path file = cities.write(this.directory.resolve("every-seventh.csv"));
		try (ConfigurableApplicationContext context = run("--atlas.mode=import", "--atlas.cities=" + file)) {
			assertThat(context.getBean(ImportRunner.class).isLast()).isTrue();
			assertThat(SpringApplication.exit(context)).isZero();
		}
		assertStatistics(file, """
				{
					"countries": 252,
					"regions": 3865,
					"cities": %d,
					"population": %d,
					"unresolvedRegions": %d
				}
				""".formatted(cities.rows().size(), cities.population(), cities.unresolvedRegions()));
		assertThat(this.servers.count("country")).isEqualTo(252);
		assertThat(this.servers.count("region")).isEqualTo(3_865);
		assertThat(this.servers.count("city")).isEqualTo(cities.rows().size());
		assertThat(this.servers.count("city where region_id is null and region_code is not null"))
			.isEqualTo(cities.unresolvedRegions());
		assertJournal("cities, unresolved_regions, rejected")
			.containsExactly("%d %d 0".formatted(cities.rows().size(), cities.unresolvedRegions()));
		assertThat(output)
			.contains(String.format(Locale.ROOT, "cities       %,9d %,9d         0", cities.rows().size(),
					cities.rows().size()))
			.contains("unresolved   %d region%n".formatted(cities.unresolvedRegions()))
			.contains("reads        atlas.east (replica, port " + this.servers.atlas().replicas().get(0).serverPort()
					+ ")");
	}

	/**
	 * What a start without anything to import answers, at an address that other machines
	 * can't reach.
	 */
	private void assertStatistics(Path file, String expected) {
		try (ConfigurableApplicationContext context = run("--atlas.cities=" + file)) {
			TomcatWebServer server = (TomcatWebServer) Objects
				.requireNonNull(((WebServerApplicationContext) context).getWebServer());
			AbstractProtocol<?> protocol = (AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler();
			assertThat(protocol.getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
			RestTestClient.bindToServer()
				.baseUrl("http://127.0.0.1:" + server.getPort())
				.build()
				.get()
				.uri("/api/stats")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json(expected);
		}
	}

	@Test
	void tablesHoldWhatWasAskedForLast() throws IOException {
		String first = "--atlas.cities=" + fileWithCities("first.csv", 2);
		String second = "--atlas.cities=" + fileWithCities("second.csv", 3);
		importAndCount(first, 2);
		importAndCount(second, 3);
		importAndCount(first, 2);
		importAndCount(first, 2);
		assertJournal("cities").containsExactly("2", "3", "2");
	}

	@Test
	void anImportThatCameToNoEndIsDoneAgain() throws IOException {
		String cities = "--atlas.cities=" + fileWithCities("cities.csv", 2);
		importAndCount(cities, 2);
		JdbcClient.create(this.servers.journal().primary().dataSource())
			.sql("update import_run set finished_at = null")
			.update();
		importAndCount(cities, 2);
		assertJournal("id, finished_at is not null").containsExactly("1 f", "2 t");
	}

	private void importAndCount(String cities, int expected) {
		try (ConfigurableApplicationContext context = run("--atlas.mode=import", cities)) {
			assertThat(SpringApplication.exit(context)).isZero();
		}
		assertThat(this.servers.count("city")).isEqualTo(expected);
	}

	private Path fileWithCities(String name, int count) throws IOException {
		CityFile all = CityFile.everySeventhRow();
		return new CityFile(all.rows().subList(0, count)).write(this.directory.resolve(name));
	}

	@Test
	void badRowsAreListedAndGoodOnesLoaded(CapturedOutput output) throws IOException {
		Path file = fileWithBadRows();
		try (ConfigurableApplicationContext context = run("--atlas.cities=" + file)) {
			assertThat(context.getBean(ImportRunner.class).isLast()).isTrue();
			Statistics statistics = context.getBean(StatisticsService.class).current();
			assertThat(statistics.cities()).isEqualTo(2);
			assertThat(SpringApplication.exit(context)).isEqualTo(2);
		}
		assertThat(output).contains("Rejected rows of %s:%n".formatted(file)
				+ "  line 3, column country: 'XX' is not a country of countries.csv%n".formatted()
				+ "  line 4, column population: 'many' is not a whole number%n".formatted());
	}

	@Test
	void processEndsWithTwoWhenARowWasRejected() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), WorldAtlas.class.getName()));
		command.addAll(List.of(this.servers.arguments("--atlas.mode=import", "--atlas.cities=" + fileWithBadRows())));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(this.directory.resolve("output"))).isEqualTo(2);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void missingFileIsToldWithoutStackTrace(CapturedOutput output) {
		Path missing = this.directory.resolve("missing.csv");
		assertThatException().isThrownBy(() -> run("--atlas.cities=" + missing));
		assertThat(output).contains(missing + " cannot be imported: it does not exist")
			.contains("Nothing was imported. Set atlas.cities to a CSV file")
			.doesNotContain("\tat ");
		assertThat(this.servers.count("city")).isZero();
	}

	@Test
	void wrongHeaderLeavesNothingBehind(CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.directory.resolve("wrong.csv"), "id,name\n1,Bern\n");
		assertThatException().isThrownBy(() -> run("--atlas.cities=" + file));
		assertThat(output).contains(file + " cannot be imported: its first line is 'id,name'").doesNotContain("\tat ");
		assertThat(this.servers.count("country")).isZero();
	}

	@Test
	void unknownModeNamesTheKnownOnes(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("--atlas.mode=export"));
		assertThat(output).contains("atlas.mode", "export", "IMPORT", "SERVE").doesNotContain("\tat ");
	}

	private Path fileWithBadRows() throws IOException {
		return Files.writeString(this.directory.resolve("bad.csv"), """
				geoname_id,name,country,region,feature,population,longitude,latitude
				2657896,Zürich,CH,ZH,PPLA,341730,8.55,47.36667
				2661552,Bern,XX,BE,PPLC,121631,7.44744,46.94809
				2661604,Basel,CH,BS,PPLA,many,7.57327,47.55839
				2660646,Genève,CH,GE,PPLA,183981,6.14569,46.20222
				""");
	}

	private ConfigurableApplicationContext run(String... arguments) {
		return SpringApplication.run(WorldAtlas.class, this.servers.arguments(prepend("--server.port=0", arguments)));
	}

	private static String[] prepend(String first, String... others) {
		List<String> all = new ArrayList<>(List.of(first));
		all.addAll(List.of(others));
		return all.toArray(String[]::new);
	}

	private ListAssert<String> assertJournal(String columns) {
		return assertThat(JdbcClient.create(this.servers.journal().primary().dataSource())
			.sql("select concat_ws(' ', %s) from import_run".formatted(columns))
			.query(String.class)
			.list());
	}

}
