package io.uno.datasource.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

class PropertyNamesTests {

	private static final String ATLAS = "uno.databases.atlas.url=jdbc:postgresql://localhost/atlas";

	private static final String EAST = "uno.databases.atlas.replicas.east.url=jdbc:postgresql://localhost/atlas";

	private static final String ROOT_NAMES = "async, context, databases, default-database, embedded, flyway, hikari, migration, reads, replicas, roles, web";

	private static final String DATABASE_NAMES = "driver-class-name, flyway, hikari, packages, password, reads, replicas, roles, url, username";

	private static final String REPLICA_NAMES = "driver-class-name, hikari, password, url, username, weight";

	private static final String EMBEDDED_NAMES = "data-directory, enabled, replicas";

	private static final String READS_NAMES = "balancing, catch-up-timeout, freshness, max-lag, own-writes-window, "
			+ "probe-interval, probe-timeout, replicas, repository-queries";

	private static final String DATABASE_READS_NAMES = "balancing, catch-up-timeout, freshness, max-lag, "
			+ "own-writes-window, probe-interval, probe-timeout, replicas";

	private static final String HIKARI_NAMES = "allow-pool-suspension, auto-commit, catalog, connection-init-sql, connection-test-query, "
			+ "connection-timeout, credentials-provider-class-name, data-source-class-name, data-source-j-n-d-i, "
			+ "data-source-properties, driver-class-name, exception-override-class-name, health-check-properties, idle-timeout, "
			+ "initialization-fail-timeout, isolate-internal-queries, jdbc-url, keepalive-time, leak-detection-threshold, "
			+ "login-timeout, max-lifetime, maximum-pool-size, minimum-idle, password, pool-name, read-only, "
			+ "register-mbeans, schema, transaction-isolation, username, validation-timeout";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			uno.replica                                              | ROOT     | replica
			uno.default                                              | ROOT     | default
			uno.database.atlas.url                                   | ROOT     | database
			uno.bulk.batch-size                                      | ROOT     | bulk
			uno.embedded.enabld                                      | EMBEDDED | enabld
			uno.embedded.replicas.east                               | EMBEDDED | replicas
			uno.reads.probe-intervall                                | READS    | probe-intervall
			uno.reads.probe-interval.max                             | READS    | probe-interval
			uno.databases.atlas.reads.max-lagg                       | DATABASE_READS | max-lagg
			uno.databases.atlas.reads.repository-queries             | DATABASE_READS | repository-queries
			uno.databases.atlas.urll                                 | DATABASE | urll
			uno.databases.atlas.user-name.first                      | DATABASE | user-name
			uno.databases.atlas.hikarii.maximum-pool-size            | DATABASE | hikarii
			uno.databases.atlas.driver.class.name                    | DATABASE | driver
			uno.databases.atlas.replicas.east.urll                   | REPLICA  | urll
			uno.databases.atlas.replicas.east.packages               | REPLICA  | packages
			uno.replicas.east.urll                                   | REPLICA  | urll
			uno.hikari.maximum-poolsizes                             | HIKARI   | maximum-poolsizes
			uno.databases.atlas.hikari.max-pool-size                 | HIKARI   | max-pool-size
			uno.databases.atlas.hikari.maximum.pool.size             | HIKARI   | maximum
			uno.databases.atlas.replicas.east.hikari.data-source-url | HIKARI   | data-source-url
			uno.replicas.east.hikari.maximum-pool-siz                | HIKARI   | maximum-pool-siz
			uno.hikari.credentials                                   | HIKARI   | credentials
			uno.hikari.metric-registry                               | HIKARI   | metric-registry
			uno.hikari.connection.read-only                          | HIKARI   | connection
			uno.hikari.running                                       | HIKARI   | running
			""")
	void aMisspeltPropertyIsRefusedWithThoseThatAreKnownInItsPlace(String key, String known, String wrong) {
		StartUp.with(ATLAS, EAST, key + "=1")
			.fails("Property '%s' (\"%s\" from property source \"test\") is not known.".formatted(key, key),
					action(wrong, names(known)));
	}

	@Test
	void theNearestNameIsShownFirst() {
		StartUp.with(ATLAS, "uno.databases.atlas.pasword=1")
			.fails("Property 'uno.databases.atlas.pasword' (\"uno.databases.atlas.pasword\" from property source \"test\") is not known.",
					"Use one of those that are known in its place, the nearest first: password, flyway, hikari, packages, url, reads, roles, replicas, username, driver-class-name.");
	}

	private static String action(String wrong, String known) {
		return "Use one of those that are known in its place, the nearest first: %s."
			.formatted(String.join(", ", NearestNames.sort(wrong, List.of(known.split(", ")))));
	}

	private static String names(String known) {
		return switch (known) {
			case "ROOT" -> ROOT_NAMES;
			case "DATABASE" -> DATABASE_NAMES;
			case "REPLICA" -> REPLICA_NAMES;
			case "EMBEDDED" -> EMBEDDED_NAMES;
			case "READS" -> READS_NAMES;
			case "DATABASE_READS" -> DATABASE_READS_NAMES;
			default -> HIKARI_NAMES;
		};
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					UNO_DATABASES_ATLAS_URLL                        | uno.databases.atlas.urll                        | DATABASE | urll
					UNO_DATABASES_ATLAS_DRIVERCLASS                 | uno.databases.atlas.driverclass                 | DATABASE | driverclass
					UNO_DATABASES_ATLAS_DRIVER_CLASS                | uno.databases.atlas.driver.class                | DATABASE | driver
					UNO_DATABASES_ATLAS_REPLICAS_EAST_URLL          | uno.databases.atlas.replicas.east.urll          | REPLICA  | urll
					UNO_DATABASES_ATLAS_HIKARI_MAXIMUM_POOL_SIZES   | uno.databases.atlas.hikari.maximum.pool.sizes   | HIKARI   | maximum
					UNO_REPLICAS_EAST_WEIGHTS                       | uno.replicas.east.weights                       | REPLICA  | weights
					UNO_REPLICA                                     | uno.replica                                     | ROOT     | replica
					UNO_HIKAR_MINIMUM_IDLE                          | uno.hikar.minimum.idle                          | ROOT     | hikar
					UNO_EMBEDDED_ENABLD                             | uno.embedded.enabld                             | EMBEDDED | enabld
					UNO_READS_PROBE_INTERVALL                       | uno.reads.probe.intervall                       | READS    | probe
					UNO_READ_PROBE_INTERVAL                         | uno.read.probe.interval                         | ROOT     | read
					UNO_DATABASE_ATLAS_URL                          | uno.database.atlas.url                          | ROOT     | database
					""")
	void aMisspeltEnvironmentVariableIsRefused(String variable, String key, String known, String wrong) {
		StartUp.with(ATLAS)
			.environment(variable + "=1")
			.fails("Property '%s' (\"%s\" from property source \"systemEnvironment\") is not known.".formatted(key,
					variable), action(wrong, names(known)));
	}

	@Test
	void environmentVariablesMayBeSpeltInBothOfBootsForms() {
		StartUp.with(ATLAS, JOURNAL_WITH_DASH)
			.environment("UNO_DEFAULT_DATABASE=atlas", "UNO_DATABASES_ATLAS_DRIVERCLASSNAME=org.postgresql.Driver",
					"UNO_DATABASES_ATLAS_PACKAGES_0=com.acme.atlas", "UNO_DATABASES_ATLAS_PACKAGES_1=com.acme.geo",
					"UNO_DATABASES_ATLAS_HIKARI_MAXIMUMPOOLSIZE=7", "UNO_DATABASES_ATLAS_HIKARI_MINIMUM_IDLE=3",
					"UNO_DATABASES_ATLAS_HIKARI_DATASOURCEPROPERTIES_APPLICATIONNAME=atlas",
					"UNO_DATABASES_ATLAS_REPLICAS_EAST_URL=jdbc:postgresql://localhost/atlas",
					"UNO_DATABASES_ATLAS_REPLICAS_EAST_DRIVER_CLASS_NAME=org.postgresql.Driver",
					"UNO_DATABASES_ATLAS_REPLICAS_EAST_HIKARI_CONNECTION_TIMEOUT=2000",
					"UNO_DATABASES_MYJOURNAL_USERNAME=scribe", "UNO_DATABASES_MY_JOURNAL_PASSWORD=s3cret",
					"UNO_HIKARI_IDLE_TIMEOUT=20000", "UNO_READS_PROBE_INTERVAL=5s", "UNO_EMBEDDED_DATA_DIRECTORY=")
			.succeeds((context) -> {
				HikariDataSource atlas = context.getBean("atlas.main", HikariDataSource.class);
				assertThat(atlas.getMaximumPoolSize()).isEqualTo(7);
				assertThat(atlas.getMinimumIdle()).isEqualTo(3);
				assertThat(atlas.getIdleTimeout()).isEqualTo(20_000);
				assertThat(context.getBean("atlas.east", HikariDataSource.class).getConnectionTimeout())
					.isEqualTo(2_000);
				HikariDataSource journal = context.getBean("my-journal.main", HikariDataSource.class);
				assertThat(journal.getUsername()).isEqualTo("scribe");
				assertThat(journal.getPassword()).isEqualTo("s3cret");
				assertThat(context).doesNotHaveBean("myjournal.main").doesNotHaveBean("my.main");
			});
	}

	private static final String JOURNAL_WITH_DASH = "uno.databases.my-journal.url=jdbc:postgresql://localhost/journal";

	@Test
	void whatKubernetesTellsOfAServiceCalledUnoIsNothingOfOurs() {
		StartUp.with(ATLAS)
			.environment("UNO_SERVICE_HOST=10.0.0.11", "UNO_SERVICE_PORT_HTTP=80", "UNO_PORT=tcp://10.0.0.11:80",
					"UNO_PORT_80_TCP_ADDR=10.0.0.11")
			.succeeds();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UNO_HOME", "UNO_VERSION", "UNO_TEST_POSTGRES_IMAGE", "UNO_API_KEY" })
	void aVariableFarFromEveryPropertyIsNothingOfOurs(String variable) {
		StartUp.with(ATLAS).environment(variable + "=1").succeeds();
	}

	@ParameterizedTest
	@ValueSource(strings = { "uno.databases.atlas.driverClassName=org.postgresql.Driver",
			"uno.databases.atlas.driver_class_name=org.postgresql.Driver",
			"uno.databases.atlas.hikari.maximumPoolSize=3", "uno.databases.atlas.packages=com.acme,com.example",
			"uno.databases.atlas.packages[0]=com.acme", "uno.databases.atlas.packages=",
			"uno.databases.atlas.hikari.data-source-properties.ApplicationName=atlas",
			"uno.databases.atlas.hikari.data-source-properties[socket.timeout]=3",
			"uno.databases.atlas.hikari.health-check-properties.connectivityCheckTimeoutMs=3",
			"uno.databases.atlas.flyway.clean-disabled=true", "uno.hikari.login-timeout=3",
			"uno.hikari.data-source-j-n-d-i=", "uno.flyway.placeholders.a.b=c", "uno.defaultDatabase=atlas" })
	void knownPropertiesMayBeSpeltInAllOfBootsForms(String property) {
		StartUp.with(ATLAS, EAST, property).succeeds();
	}

	@Test
	void aListMayBeLongerInASourceThatIsOverridden() {
		StartUp.with(ATLAS, "uno.databases.atlas.packages[0]=com.acme")
			.environment("UNO_DATABASES_ATLAS_PACKAGES_0=com.acme.a", "UNO_DATABASES_ATLAS_PACKAGES_1=com.acme.b")
			.succeeds();
	}

	@Test
	void nothingIsSaidOfOtherPrefixes() {
		StartUp.with(ATLAS, "unos.x=1", "spring.uno.x=1", "united.nations=1").succeeds();
	}

	@Test
	void propertiesOfFeaturesAreCheckedInSystemPropertiesToo() {
		StartUp.with(ATLAS)
			.systemProperties("uno.reads.probe-intervall=1s")
			.fails("Property 'uno.reads.probe-intervall' (\"uno.reads.probe-intervall\" from property source \"systemProperties\") is not known.",
					action("probe-intervall", READS_NAMES));
	}

	@Test
	void propertiesOfEveryFeatureAreChecked() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		assertThat(scanner.findCandidateComponents("io.uno").stream().map(BeanDefinition::getBeanClassName))
			.contains(ReadsProperties.class.getName())
			.allSatisfy((type) -> assertThat(checked()).contains(type));
	}

	private static List<String> checked() {
		List<String> checked = new ArrayList<>(PropertyNamesCheck.FEATURES.values());
		checked.add(DatabasesProperties.class.getName());
		return checked;
	}

	@Test
	void systemPropertiesAreCheckedLikeAnyOther() {
		StartUp.with(ATLAS)
			.systemProperties("uno.databases.atlas.urll=x")
			.fails("Property 'uno.databases.atlas.urll' (\"uno.databases.atlas.urll\" from property source \"systemProperties\") is not known.",
					action("urll", DATABASE_NAMES));
	}

}
