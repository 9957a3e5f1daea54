package io.uno.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresReplica;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.HeaderAssertions;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * World Atlas with all of its data, end to end. The import runs once for all tests.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@EmbeddedPostgres
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorldAtlasTests {

	private static final String ZURICH = "/api/cities/2657896";

	private final PostgresCluster atlas;

	private final PostgresCluster journal;

	private final int port;

	private final RestTestClient client;

	WorldAtlasTests(@Autowired @Qualifier("atlas") PostgresCluster atlas,
			@Autowired @Qualifier("journal") PostgresCluster journal, @LocalServerPort int port) {
		this.atlas = atlas;
		this.journal = journal;
		this.port = port;
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

	@Test
	@Order(1)
	void firstStartImportsEverything(CapturedOutput output) {
		assertThat(output).containsSubsequence("World Atlas imports cities.csv.gz", "countries          252       252",
				"regions          3,865     3,865", "cities         135,233   135,233", "unresolved   864 region",
				"rows per second", "reads        atlas.east (replica, port " + east().serverPort() + ")", "open",
				"http://127.0.0.1:" + this.port + "/\n", "/api/stats", "/api/cities?country=CH", "/actuator/health");
	}

	@Test
	@Order(2)
	void statisticsAreAnsweredByTheReplica() {
		this.client.get().uri("/api/stats").exchange().expectStatus().isOk().expectBody().json("""
				{
					"countries": 252,
					"regions": 3865,
					"cities": 135233,
					"population": 3133032118,
					"unresolvedRegions": 864,
					"node": {
						"name": "atlas.east",
						"duty": "replica",
						"port": %d,
						"reason": "it only reads, and it is this replica's turn"
					}
				}
				""".formatted(east().serverPort()));
	}

	@Test
	@Order(2)
	void largestCitiesOfACountryAreFound() {
		List<Map<String, Object>> cities = cities("?country=CH&minPopulation=50000&sort=-population&limit=20");
		assertThat(cities).extracting((city) -> city.get("name")).startsWith("Zürich", "Genève", "Basel");
		assertThat(cities).hasSizeBetween(10, 20).allSatisfy((city) -> {
			assertThat(city).containsEntry("country", "CH");
			assertThat((Integer) city.get("population")).isGreaterThanOrEqualTo(50_000);
		});
		assertThat(cities).extracting((city) -> (Integer) city.get("population"))
			.isSortedAccordingTo((one, other) -> Integer.compare(other, one));
	}

	@Test
	@Order(2)
	void citiesAreSortedAndLimited() {
		assertThat(cities("?sort=name&country=CH&limit=3")).extracting((city) -> (String) city.get("name"))
			.hasSize(3)
			.isSorted();
		assertThat(cities("")).hasSize(20).first().extracting((city) -> city.get("name")).isEqualTo("Shanghai");
	}

	@Test
	@Order(2)
	void citiesAreFoundByHowTheirNameBeginsWithoutItsAccents() {
		assertThat(cities("?name=ZURI")).first().extracting((city) -> city.get("name")).isEqualTo("Zürich");
		assertThat(cities("?name={name}", "zürich")).extracting((city) -> city.get("name"))
			.startsWith("Zürich")
			.allSatisfy((name) -> assertThat((String) name).startsWith("Zürich"));
		assertThat(cities("?name=bern&country=US")).extracting((city) -> city.get("country")).containsOnly("US");
		assertThat(cities("?name={name}", "%")).isEmpty();
		assertThat(cities("?name={name}", "z_rich")).isEmpty();
	}

	@Test
	@Order(2)
	void nextCitiesFollowWithoutGapOrRepetition() {
		for (String sort : List.of("-population", "population", "name", "-name", "geonameId", "-geonameId")) {
			String query = "?country=CH&name=b&sort=" + sort + "&limit=";
			List<Object> all = cities(query + 1000).stream().map((city) -> city.get("geonameId")).toList();
			assertThat(page(query + all.size()).next()).as(sort).isNull();
			assertThat(page(query + (all.size() - 1)).next()).as(sort).isNotNull();
			List<Object> byPages = new ArrayList<>();
			for (String next = query + 17; next != null;) {
				Page page = page(next);
				page.cities().forEach((city) -> byPages.add(city.get("geonameId")));
				next = page.next();
			}
			assertThat(byPages).as(sort).isEqualTo(all).hasSizeGreaterThan(100);
		}
	}

	@Test
	@Order(2)
	void eachAnswerNamesTheNodeThatGaveIt() {
		for (String uri : List.of("/api/stats", "/api/countries", "/api/cities", ZURICH, "/api/cities/1")) {
			answeredBy("atlas.east", "replica-in-turn", "it only reads, and it is this replica's turn",
					this.client.get().uri(uri).exchange())
				.valueMatches("Uno-Lag", "unknown|\\d+ ms");
		}
		answeredBy("atlas.main", "write", "it may write", put("/api/cities/1", "\"population\": 1, \"version\": 0"))
			.valueEquals("Uno-Lag", "0 ms");
	}

	@Test
	@Order(2)
	void answerWithoutANodeNamesNone() {
		for (String uri : List.of("/api/cities?limit=0", "/api/nodes", "/api/rivers")) {
			this.client.get()
				.uri(uri)
				.exchange()
				.expectHeader()
				.doesNotExist("Uno-Node")
				.expectHeader()
				.doesNotExist("Uno-Lag");
		}
	}

	@Test
	@Order(2)
	void countriesAreListedByTheirNames() {
		this.client.get()
			.uri("/api/countries")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(252)
			.jsonPath("$[0]")
			.isEqualTo(Map.of("code", "AF", "name", "Afghanistan"));
	}

	@Test
	@Order(2)
	void nodesOfBothDatabasesAreListed() {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get()
				.uri("/api/nodes")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("""
						[
							{"node": "atlas.main", "duty": "primary", "reachable": true, "problem": null, "lag": "0 ms"},
							{"node": "atlas.east", "duty": "replica", "reachable": true, "problem": null},
							{"node": "journal.main", "duty": "primary", "reachable": true, "problem": null, "lag": "0 ms"}
						]
						"""));
	}

	@Test
	@Order(2)
	void pageIsServedAtTheRoot() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith("text/html")
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("<title>World Atlas</title>"));
		this.client.get()
			.uri("/atlas.js")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith("text/javascript");
	}

	@Test
	@Order(2)
	void cityIsShownWithItsRegionAndPlace() {
		this.client.get().uri(ZURICH).exchange().expectStatus().isOk().expectBody().json("""
				{
					"geonameId": 2657896, "name": "Zürich", "country": "CH", "region": "ZH", "feature": "PPLA",
					"population": 341730, "latitude": 47.36667, "longitude": 8.55, "version": 0
				}
				""");
	}

	@Test
	@Order(2)
	void unknownCityIsNotFound() {
		problem("/api/cities/1", 404, "There is no city with the GeoNames id 1");
	}

	@Test
	@Order(2)
	void unknownPathIsNotFound() {
		this.client.get()
			.uri("/api/rivers")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType("application/problem+json");
	}

	@Test
	@Order(2)
	void invalidParametersSayWhatIsPossible() {
		violation("?limit=0", "limit", "must be greater than or equal to 1");
		violation("?limit=1001", "limit", "must be less than or equal to 1000");
		violation("?limit=many", "limit", "must be a whole number");
		violation("?minPopulation=-1", "minPopulation", "must be greater than or equal to 0");
		violation("?country=ch", "country", "must be two capital letters, such as CH");
		violation("?sort=area", "sort",
				"must be one of geonameId, name and population, with a - in front for descending");
		violation("?max=3", "max", "is unknown, known are [name, country, minPopulation, sort, limit, after]");
		violation("?after=Bern", "after", "must be a whole number");
		violation("?name=" + "x".repeat(256), "name", "size must be between 0 and 255");
		problem("/api/cities?after=1", 404, "There is no city with the GeoNames id 1");
		violation("?limit=3&limit=4", "limit", "is given more than once");
	}

	@Test
	@Order(3)
	void changeIsMadeOnceAndRefusedWhenStale() {
		put(ZURICH, "\"population\": 400000, \"version\": 0").expectStatus()
			.isOk()
			.expectBody()
			.json("{\"population\": 400000, \"version\": 1}");
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get().uri(ZURICH).exchange().expectBody().json("{\"version\": 1}"));
		put(ZURICH, "\"population\": 500000, \"version\": 0").expectStatus()
			.isEqualTo(409)
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.json("""
					{"status": 409, "detail": "City 2657896 has version 1 by now, not 0; read it again"}
					""");
	}

	@Test
	@Order(3)
	void renamedCityIsFoundByItsNewName() {
		this.client.put().uri("/api/cities/2661604").header("Content-Type", "application/json").body("""
				{
					"name": "Bâle", "feature": "PPLA", "population": 164488, "latitude": 47.55839,
					"longitude": 7.57327, "version": 0
				}
				""").exchange().expectStatus().isOk();
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(cities("?name=bale&country=CH")).extracting((city) -> city.get("geonameId"))
				.contains(2661604));
		assertThat(cities("?name=basel&country=CH")).extracting((city) -> city.get("geonameId"))
			.doesNotContain(2661604);
	}

	@Test
	@Order(3)
	void changeOfAnUnknownCityIsNotFound() {
		put("/api/cities/1", "\"population\": 1, \"version\": 0").expectStatus().isNotFound();
	}

	@Test
	@Order(3)
	void invalidChangeNamesTheFields() {
		put(ZURICH, "\"population\": -1, \"latitude\": 91").expectStatus().isBadRequest().expectBody().json("""
				{
					"status": 400,
					"errors": [
						{"field": "latitude", "message": "must be less than or equal to 90"},
						{"field": "population", "message": "must be greater than or equal to 0"},
						{"field": "version", "message": "must not be null"}
					]
				}
				""");
		put(ZURICH, "\"version\": 1, \"feature\": \"HTL\"").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("feature");
		put(ZURICH, "\"population\": 1, \"version\": 1, \"country\": \"AT\"").expectStatus()
			.isBadRequest()
			.expectBody()
			.json("""
					{"errors": [{"field": "country", "message": "cannot be changed, it is CH"}]}
					""");
	}

	@Test
	@Order(4)
	void healthMetricsAndNodesAreExposed() {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.db")
			.exists();
		this.client.get().uri("/actuator/metrics").exchange().expectStatus().isOk();
		this.client.get()
			.uri("/actuator/uno")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.databases.atlas.nodes.east.replica")
			.isEqualTo(true);
	}

	@Test
	@Order(5)
	void secondStartImportsNothingAndTakesAFreePort(CapturedOutput output) throws Exception {
		ServerSocket busy = occupy(8080);
		try (ConfigurableApplicationContext second = SpringApplication.run(WorldAtlas.class,
				new AtlasServers(this.atlas, this.journal).arguments())) {
			String port = second.getEnvironment().getProperty("local.server.port");
			assertThat(port).isNotEqualTo("8080");
			assertThat(output).contains("Port 8080 is in use, World Atlas listens on port " + port)
				.contains("World Atlas has nothing to import: run 1 of ", "loaded 135,233 cities")
				.contains("http://127.0.0.1:%s/api/stats".formatted(port));
			RestTestClient.bindToServer()
				.baseUrl("http://127.0.0.1:" + port)
				.build()
				.get()
				.uri("/api/stats")
				.exchange()
				.expectBody()
				.json("{\"cities\": 135233}");
		}
		finally {
			if (busy != null) {
				busy.close();
			}
		}
	}

	@Test
	@Order(6)
	void primaryAnswersWhenTheReplicaIsStopped() {
		east().stop();
		String expected = """
				{
					"cities": 135233,
					"node": {
						"name": "atlas.main",
						"duty": "primary",
						"port": %d,
						"reason": "no replica is within reach"
					}
				}
				""".formatted(this.atlas.primary().serverPort());
		// a connection that was in use a moment ago is handed out unchecked
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> this.client.get()
				.uri("/api/stats")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json(expected));
		answeredBy("atlas.main", "replicas-unreachable", "no replica is within reach",
				this.client.get().uri("/api/stats").exchange())
			.valueEquals("Uno-Lag", "0 ms");
		this.client.get()
			.uri("/api/nodes")
			.exchange()
			.expectBody()
			.jsonPath("$[1].reachable")
			.isEqualTo(false)
			.jsonPath("$[1].problem")
			.isNotEmpty();
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.db.components.atlas.status")
			.isEqualTo("UP")
			.jsonPath("$.components.db.components.atlas.details.east.state")
			.isEqualTo("unreachable");
	}

	private PostgresReplica east() {
		return this.atlas.replica("east");
	}

	/**
	 * Makes sure that a port is in use, by this test or by whoever has it already.
	 */
	private static @Nullable ServerSocket occupy(int port) {
		try {
			return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			return null;
		}
	}

	private List<Map<String, Object>> cities(String query, Object... variables) {
		return page(query, variables).cities();
	}

	private Page page(String query, Object... variables) {
		EntityExchangeResult<List<Map<String, Object>>> result = this.client.get()
			.uri("/api/cities" + query, variables)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(new ParameterizedTypeReference<List<Map<String, Object>>>() {
			})
			.returnResult();
		String link = result.getResponseHeaders().getFirst("Link");
		return new Page(Objects.requireNonNull(result.getResponseBody()),
				(link != null) ? link.replaceFirst("<(.*)>; rel=\"next\"", "$1") : null);
	}

	private static HeaderAssertions answeredBy(String node, String reason, String text,
			RestTestClient.ResponseSpec answer) {
		return answer.expectHeader()
			.valueEquals("Uno-Node", node)
			.expectHeader()
			.valueEquals("Uno-Reason", reason)
			.expectHeader()
			.valueEquals("Uno-Reason-Text", text)
			.expectHeader();
	}

	private void violation(String query, String field, String message) {
		this.client.get()
			.uri("/api/cities" + query)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.json("""
					{"status": 400, "errors": [{"field": "%s", "message": "%s"}]}
					""".formatted(field, message));
	}

	private void problem(String uri, int status, String detail) {
		this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody()
			.json("""
					{"status": %d, "detail": "%s"}
					""".formatted(status, detail));
	}

	private RestTestClient.ResponseSpec put(String uri, String fields) {
		String body = fields.contains("feature") ? "" : ", \"feature\": \"PPLA\"";
		body += fields.contains("population") ? "" : ", \"population\": 1";
		body += fields.contains("latitude") ? "" : ", \"latitude\": 47.36667";
		return this.client.put()
			.uri(uri)
			.header("Content-Type", "application/json")
			.body("{\"name\": \"Zürich\", \"longitude\": 8.55, " + fields + body + "}")
			.exchange();
	}

	/**
	 * Cities, and the query for those that follow.
	 */
	private record Page(List<Map<String, Object>> cities, @Nullable String next) {

	}

}
