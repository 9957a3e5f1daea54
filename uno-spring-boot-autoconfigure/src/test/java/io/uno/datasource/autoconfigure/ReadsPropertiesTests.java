package io.uno.datasource.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.uno.datasource.MonitorSettings;
import io.uno.datasource.autoconfigure.ReadsProperties.Balancing;
import io.uno.datasource.autoconfigure.ReadsProperties.Replicas;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepository;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.configurationmetadata.ValueHint;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ReadsPropertiesTests {

	private static final String ATLAS = "uno.databases.atlas.url=jdbc:postgresql://localhost/atlas";

	private static final String EAST = "uno.databases.atlas.replicas.east.url=jdbc:postgresql://localhost/atlas";

	private static final String BOOT = "spring.datasource.url=jdbc:postgresql://localhost/shop";

	@Test
	void everyDatabaseHasTheCommonOnesWhereItSaysNothing() {
		MockEnvironment environment = new MockEnvironment().withProperty("uno.databases.atlas.url", "jdbc:h2:mem:a")
			.withProperty("uno.databases.journal.reads.max-lag", "1m")
			.withProperty("uno.databases.journal.reads.balancing", "least-busy")
			.withProperty("uno.databases.journal.reads.replicas", "all")
			.withProperty("uno.reads.max-lag", "20s")
			.withProperty("uno.reads.replicas", "marked")
			.withProperty("uno.reads.probe-interval", "2s");
		ReadsProperties atlas = ReadsProperties.from(environment, "atlas");
		ReadsProperties journal = ReadsProperties.from(environment, "journal");
		assertThat(atlas).isEqualTo(ReadsProperties.from(environment));
		assertThat(atlas.maxLag()).isEqualTo(Duration.ofSeconds(20));
		assertThat(atlas.replicas()).isEqualTo(Replicas.MARKED);
		assertThat(journal.maxLag()).isEqualTo(Duration.ofMinutes(1));
		assertThat(journal.balancing()).isEqualTo(Balancing.LEAST_BUSY);
		assertThat(journal.replicas()).isEqualTo(Replicas.ALL);
		assertThat(journal.probeInterval()).isEqualTo(Duration.ofSeconds(2));
		assertThat(journal.freshness()).isEqualTo("own-writes");
	}

	@Test
	void theMonitorsDefaultsAreThoseOfTheProperties() {
		assertThat(ReadsProperties.from(new MockEnvironment()).toMonitorSettings()).isEqualTo(MonitorSettings.DEFAULTS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			probe-interval    | 0s   | is 0s, but has to be at least 1ms    | 1s
			probe-interval    | -1s  | is -1s, but has to be at least 1ms   | 1s
			probe-timeout     | 0    | is 0s, but has to be at least 1ms    | 100ms
			probe-timeout     | -5ms | is -5ms, but has to be at least 1ms  | 100ms
			own-writes-window | 0    | is 0s, but has to be at least 1ms    | 5s
			catch-up-timeout  | -1ms | is -1ms, but has to be at least 0s   | 50ms
			""")
	void aTimeThatCantBeIsRefused(String name, String value, String problem, String byDefault) {
		String action = oneOf("Set it to a duration such as '%s', which it is by default.".formatted(byDefault),
				"Remove it.");
		StartUp.with(BOOT, "uno.reads." + name + "=" + value)
			.fails("Property '%s' %s %s.".formatted("uno.reads." + name, origin("uno.reads." + name), problem), action);
		String own = "uno.databases.atlas.reads." + name;
		StartUp.with(ATLAS, EAST, own + "=" + value)
			.fails("Property '%s' %s %s.".formatted(own, origin(own), problem), action);
		StartUp.with(ATLAS, EAST, "uno.reads." + name + "=" + value)
			.fails("Property '%s' %s %s.".formatted("uno.reads." + name, origin("uno.reads." + name), problem), action);
	}

	/**
	 * Boot tells of the property, its value and its origin then.
	 */
	@ParameterizedTest
	@CsvSource({ "max-lag, soon", "probe-timeout, 1 blink", "balancing, fair", "replicas, some" })
	void aValueOfAnotherKindIsRefused(String name, String value) {
		for (String key : List.of("uno.reads." + name, "uno.databases.atlas.reads." + name)) {
			Throwable failure = StartUp.with(ATLAS, EAST, key + "=" + value).failure();
			assertThat(failure).rootCause().hasMessageContaining(value);
			assertThat(failure).asInstanceOf(InstanceOfAssertFactories.type(BindException.class))
				.extracting(BindException::getProperty)
				.satisfies((property) -> assertThat(property.getName()).hasToString(key),
						(property) -> assertThat(property.getOrigin()).isNotNull());
		}
	}

	@Test
	void aReadNeedNotWaitForAReplica() {
		StartUp.with(ATLAS, EAST, "uno.reads.catch-up-timeout=0").succeeds();
	}

	@ParameterizedTest
	@ValueSource(strings = { "uno.reads.max-lag", "uno.databases.atlas.reads.max-lag" })
	void maximumLagBelowTheProbeIntervalIsRefused(String key) {
		StartUp.with(ATLAS, EAST, key + "=500ms")
			.fails("Property '%s' %s is 500ms, below the probe interval of 1s, within which nobody asks how far a replica is behind."
				.formatted(key, origin(key)),
					oneOf("Set it to 1s or more.", "Set 'uno.reads.probe-interval' to 500ms or less."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "uno.reads.probe-interval", "uno.databases.atlas.reads.probe-interval" })
	void probeIntervalAboveTheMaximumLagThatNobodySetIsRefused(String key) {
		StartUp.with(ATLAS, EAST, key + "=20s")
			.fails("Property '%s' %s is 20s, above the maximum lag of 10s that nobody would find out in time."
				.formatted(key, origin(key)),
					oneOf("Set it to 10s or less.", "Set 'uno.reads.max-lag' to 20s or more."));
	}

	@Test
	void whatOneDatabaseSaysIsHeldAgainstWhatAllSay() {
		StartUp.with(ATLAS, EAST, "uno.reads.max-lag=30s", "uno.databases.atlas.reads.probe-interval=20s").succeeds();
		StartUp.with(ATLAS, EAST, "uno.reads.probe-interval=20s", "uno.databases.atlas.reads.max-lag=15s")
			.fails("Property 'uno.databases.atlas.reads.max-lag' %s is 15s, below the probe interval of 20s, within which nobody asks how far a replica is behind."
				.formatted(origin("uno.databases.atlas.reads.max-lag")),
					oneOf("Set it to 20s or more.", "Set 'uno.reads.probe-interval' to 15s or less."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "any", "own-writes", "latest", "OWN_WRITES", "2s", "PT5S", "1500" })
	void freshnessIsAWordOrADuration(String freshness) {
		StartUp.with(ATLAS, EAST, "uno.reads.freshness=" + freshness).succeeds();
	}

	@ParameterizedTest
	@ValueSource(strings = { "fresh", "own writes", "2 parsecs", "" })
	void freshnessOfAnotherWordIsRefused(String freshness) {
		for (String key : List.of("uno.reads.freshness", "uno.databases.atlas.reads.freshness")) {
			StartUp.with(ATLAS, EAST, key + "=" + freshness)
				.fails("Property '%s' %s is '%s', which is none of 'any', 'own-writes' and 'latest' and no duration."
					.formatted(key, origin(key), freshness),
						oneOf("Set it to 'any', 'own-writes' or 'latest'.",
								"Set it to the time that a replica may be behind, such as '2s'."));
		}
	}

	@Test
	void freshnessBelowTheProbeIntervalIsRefused() {
		for (String key : List.of("uno.reads.freshness", "uno.databases.atlas.reads.freshness")) {
			StartUp.with(ATLAS, EAST, key + "=500ms")
				.fails("Property '%s' %s is 500ms, below the probe interval of 1s, so that no replica is known to be as fresh."
					.formatted(key, origin(key)),
						oneOf("Set it to 1s or more.", "Set 'uno.reads.probe-interval' to 500ms or less."));
		}
		StartUp.with(BOOT, "uno.reads.freshness=0s")
			.fails("Property 'uno.reads.freshness' %s is 0s, below the probe interval of 1s, so that no replica is known to be as fresh."
				.formatted(origin("uno.reads.freshness")), "Set it to 1s or more.");
	}

	@Test
	void readsOfADatabaseWithoutReplicasMayBeSet() {
		StartUp.with(ATLAS, "uno.databases.atlas.reads.max-lag=5s", "uno.reads.freshness=any").succeeds();
	}

	@Test
	void metadataTellsEveryDefault() throws IOException {
		Map<String, Object> defaults = new TreeMap<>();
		metadata().getAllProperties()
			.values()
			.stream()
			.filter((property) -> property.getId().startsWith("uno.reads."))
			.forEach((property) -> defaults.put(property.getName(), property.getDefaultValue()));
		assertThat(defaults).hasSize(ReadsProperties.class.getRecordComponents().length)
			.containsEntry("max-lag", "10s")
			.containsEntry("own-writes-window", "5s")
			.doesNotContainValue(null);
	}

	@Test
	void metadataOffersTheKindsOfFreshness() throws IOException {
		ConfigurationMetadataProperty freshness = metadata().getAllProperties().get("uno.reads.freshness");
		assertThat(freshness.getHints().getValueHints()).extracting(ValueHint::getValue)
			.containsExactly("own-writes", "any", "latest", "2s");
		assertThat(freshness.getHints().getValueHints()).extracting(ValueHint::getDescription)
			.allSatisfy((description) -> assertThat(description).endsWith("."));
	}

	private static ConfigurationMetadataRepository metadata() throws IOException {
		try (InputStream metadata = Files
			.newInputStream(Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json"))) {
			return ConfigurationMetadataRepositoryJsonBuilder.create(metadata).build();
		}
	}

	private static String origin(String key) {
		return "(\"%s\" from property source \"test\")".formatted(key);
	}

	private static String oneOf(String... actions) {
		return "One of these:%n    - %s".formatted(String.join("%n    - ".formatted(), actions));
	}

}
