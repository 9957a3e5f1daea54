package io.uno.routing.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.json.BasicJsonTester;
import org.springframework.boot.test.json.JsonContent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint as it is read over HTTP, of an application with the databases
 * {@code atlas}, which has one replica, and {@code gone}, which is out of reach.
 */
@Tag("postgres")
class UnoEndpointTests {

	private static final PostgresCluster cluster = PostgresCluster.shared(1);

	private static ConfigurableApplicationContext application;

	private final BasicJsonTester json = new BasicJsonTester(getClass());

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(Configured.class).web(WebApplicationType.SERVLET)
			.properties(properties())
			.run();
	}

	private static Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		node(properties, "uno.databases.atlas", cluster.primary());
		node(properties, "uno.databases.atlas.replicas.east", cluster.replica("replica-1"));
		properties.put("uno.default-database", "atlas");
		properties.put("spring.data.jpa.repositories.enabled", "false");
		properties.put("uno.databases.atlas.packages", "com.example.atlas");
		properties.put("uno.databases.atlas.replicas.east.weight", "2");
		properties.put("uno.databases.atlas.hikari.maximum-pool-size", "4");
		properties.put("uno.databases.atlas.hikari.connection-init-sql", "select 's3cret'");
		properties.put("uno.databases.atlas.hikari.data-source-properties.sslpassword", "s3cret");
		properties.put("uno.databases.gone.url",
				"jdbc:postgresql://joe:s3cret@127.0.0.1:1/shop?user=joe&password=s3cret&sslpassword=s3cret");
		properties.put("uno.databases.gone.username", "joe");
		properties.put("uno.databases.gone.password", "s3cret");
		properties.put("uno.databases.gone.hikari.connection-timeout", "250");
		properties.put("uno.databases.gone.hikari.initialization-fail-timeout", "-1");
		properties.put("uno.databases.gone.flyway.password", "s3cret");
		properties.put("uno.reads.probe-interval", "50ms");
		properties.put("uno.databases.atlas.reads.freshness", "2s");
		properties.put("uno.databases.atlas.reads.balancing", "least-busy");
		properties.put("server.port", "0");
		properties.put("management.endpoints.web.exposure.include", "uno");
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.flyway.enabled", "false");
		properties.put("spring.jpa.hibernate.ddl-auto", "none");
		return properties;
	}

	private static void node(Map<String, Object> properties, String prefix, PostgresNode node) {
		properties.put(prefix + ".url", node.jdbcUrl());
		properties.put(prefix + ".username", node.username());
		properties.put(prefix + ".password", node.password());
	}

	@AfterEach
	void heal() {
		cluster.heal();
	}

	@AfterAll
	static void close() {
		application.close();
		cluster.close();
	}

	@Test
	void tellsOfDatabasesAndNodes() {
		awaitDuty("replica");
		JsonContent<Object> body = json();
		assertThat(body).extractingJsonPathStringValue("$.defaultDatabase").isEqualTo("atlas");
		assertThat(body).extractingJsonPathBooleanValue("$.routed").isTrue();
		assertThat(body).extractingJsonPathMapValue("$.databases.atlas.reads")
			.containsEntry("freshness", "2s")
			.containsEntry("replicas", "all")
			.containsEntry("balancing", "least-busy")
			.containsEntry("probeInterval", "PT0.05S");
		assertThat(body).extractingJsonPathMapValue("$.databases.gone.reads")
			.containsEntry("freshness", "own-writes")
			.containsEntry("balancing", "round-robin");
		assertThat(body).extractingJsonPathMapValue("$.databases").containsOnlyKeys("atlas", "gone");
		assertThat(body).extractingJsonPathArrayValue("$.databases.atlas.packages")
			.isEqualTo(List.of("com.example.atlas"));
		assertThat(body).extractingJsonPathMapValue("$.databases.atlas.nodes.main")
			.containsOnlyKeys("replica", "duty", "state", "since", "pool")
			.containsEntry("duty", "primary")
			.containsEntry("state", "up");
		assertThat(body).extractingJsonPathMapValue("$.databases.atlas.nodes.east")
			.containsOnlyKeys("replica", "duty", "state", "since", "lag", "lagBytes", "weight", "pool")
			.containsEntry("state", "up")
			.containsEntry("weight", 2);
		assertThat(body).extractingJsonPathMapValue("$.databases.atlas.nodes.east.pool")
			.containsEntry("name", "atlas.east")
			.containsEntry("maximumPoolSize", 4)
			.containsEntry("connectionTimeout", 1000);
	}

	@Test
	void stoppedReplicaIsUnreachableWithTheProblem() {
		awaitDuty("replica");
		cluster.replica("replica-1").stop();
		awaitDuty("unknown");
		JsonContent<Object> body = json();
		assertThat(body).extractingJsonPathStringValue("$.databases.atlas.nodes.east.state").isEqualTo("unreachable");
		assertThat(body).extractingJsonPathStringValue("$.databases.atlas.nodes.east.problem").isNotBlank();
		assertThat(body).extractingJsonPathStringValue("$.databases.atlas.nodes.main.state").isEqualTo("up");
	}

	@Test
	void lostPrimaryIsUnreachableWithTheProblem() {
		JsonContent<Object> body = json();
		assertThat(body).extractingJsonPathStringValue("$.databases.gone.nodes.main.state").isEqualTo("unreachable");
		assertThat(body).extractingJsonPathStringValue("$.databases.gone.nodes.main.problem").isNotBlank();
	}

	@Test
	void tellsNoSecrets() {
		cluster.replica("replica-1").stop();
		awaitDuty("unknown");
		String body = body();
		assertThat(body).contains("problem")
			.doesNotContain("s3cret")
			.doesNotContain(cluster.password())
			.doesNotContain("jdbc:")
			.doesNotContainIgnoringCase("password")
			.doesNotContainIgnoringCase("username");
	}

	@Test
	void tellsOfTheLastRoutes() {
		application.getBean(JdbcTemplate.class).queryForList("select 1");
		assertThat(json()).extractingJsonPathMapValue("$.recentRoutes[0]")
			.containsOnlyKeys("time", "database", "node", "access", "reason", "databaseReason")
			.containsEntry("database", "atlas")
			.containsEntry("node", "atlas.main")
			.containsEntry("access", "write")
			.containsEntry("reason", "write")
			.containsEntry("databaseReason", "default");
	}

	@Test
	void changesNothing() throws IOException, InterruptedException {
		HttpRequest post = HttpRequest.newBuilder(uri()).POST(HttpRequest.BodyPublishers.noBody()).build();
		assertThat(send(post).statusCode()).isEqualTo(405);
	}

	private void awaitDuty(String duty) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(json()).extractingJsonPathStringValue("$.databases.atlas.nodes.east.duty")
				.isEqualTo(duty));
	}

	private JsonContent<Object> json() {
		return this.json.from(body());
	}

	private static String body() {
		try {
			HttpResponse<String> response = send(HttpRequest.newBuilder(uri()).build());
			assertThat(response.statusCode()).isEqualTo(200);
			return response.body();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static URI uri() {
		return URI.create("http://localhost:%s/actuator/uno"
			.formatted(application.getEnvironment().getProperty("local.server.port")));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configured {

	}

}
