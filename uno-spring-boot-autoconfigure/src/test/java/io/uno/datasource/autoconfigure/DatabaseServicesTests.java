package io.uno.datasource.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseServicesListener}, on servers in the place of Compose
 * services. Boot's listener comes before and after uno's.
 */
@Tag("postgres")
class DatabaseServicesTests {

	private static final PostgresCluster atlas = PostgresCluster.shared(0);

	private static final PostgresCluster journal = PostgresCluster.shared(0);

	private static final RunningService atlasService = new Service("db", "postgres:18", atlas.primary(), Map.of());

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("uno.default-database=atlas", "uno.databases.atlas.packages=atlas",
				"uno.databases.journal.packages=journal");

	@AfterAll
	static void close() {
		atlas.close();
		journal.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void labelledServiceIsTheConnectionOfItsDatabaseAlone(boolean reversed) {
		RunningService journalService = new Service("my-db", "postgres:18", journal.primary(),
				Map.of("io.uno.database", "journal"));
		with(reversed, atlasService, journalService).run((context) -> {
			assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
			assertThat(database(context, "journal.main")).isEqualTo(journal.database());
			assertThat(context).hasSingleBean(JdbcConnectionDetails.class);
			assertThat(context.getBeanNamesForType(ConnectionDetails.class))
				.contains("jdbcConnectionDetailsForDb", "journal.connectionDetails")
				.noneMatch((name) -> name.endsWith("ForMyDb"));
		});
	}

	@Test
	@SuppressWarnings("unchecked")
	void labelOfTheGuideNamesTheDatabase() throws IOException {
		Map<String, Map<String, Map<String, Object>>> file = new Yaml()
			.load(new ClassPathResource("docs/compose.yml").getInputStream());
		Map<String, Object> service = Objects
			.requireNonNull(Objects.requireNonNull(file.get("services")).get("journal"));
		with(false, atlasService,
				new Service("journal", (String) Objects.requireNonNull(service.get("image")), journal.primary(),
						(Map<String, String>) Objects.requireNonNull(service.get("labels"))))
			.run((context) -> assertThat(database(context, "journal.main")).isEqualTo(journal.database()));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void everyServiceMayBeLabelled(boolean reversed) {
		with(reversed,
				new Service("one", "acme/custom:1", atlas.primary(),
						Map.of("io.uno.database", "atlas", "org.springframework.boot.service-connection", "postgres")),
				new Service("two", "postgres", journal.primary(), Map.of("io.uno.database", "journal")))
			.run((context) -> {
				assertThat(database(context, "atlas.main")).isEqualTo(atlas.database());
				assertThat(database(context, "journal.main")).isEqualTo(journal.database());
				assertThat(context).doesNotHaveBean(JdbcConnectionDetails.class);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void unknownDatabaseNamesTheKnownOnes(boolean reversed) {
		with(reversed, atlasService,
				new Service("second", "postgres", journal.primary(), Map.of("io.uno.database", "jurnal")))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDatabaseConnectionException.class)
				.hasMessage(
						"Compose service 'second' with the label 'io.uno.database: jurnal' names the unknown database 'jurnal'; known: atlas, journal"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void serviceWithoutAJdbcConnectionIsRefused(boolean reversed) {
		with(reversed, atlasService,
				new Service("second", "acme/custom:1", journal.primary(), Map.of("io.uno.database", "journal")))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDatabaseConnectionException.class)
				.hasMessage(
						"Compose service 'second' with the label 'io.uno.database: journal' has the image 'docker.io/acme/custom:1', which Boot knows no JDBC connection to"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void servicesWithoutALabelStayBoots(boolean reversed) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withInitializer((context) -> publish(context, reversed, atlasService))
			.run((context) -> {
				assertThat(database(context, "dataSource")).isEqualTo(atlas.database());
				assertThat(context).hasBean("jdbcConnectionDetailsForDb");
			});
	}

	private ApplicationContextRunner with(boolean reversed, RunningService... services) {
		return this.runner.withInitializer((context) -> publish(context, reversed, services));
	}

	/**
	 * As Boot does when the services are up.
	 */
	private static void publish(ConfigurableApplicationContext context, boolean reversed, RunningService... services) {
		List<ApplicationListener<?>> listeners = listeners();
		if (reversed) {
			Collections.reverse(listeners);
		}
		DockerComposeServicesReadyEvent event = BeanUtils.instantiateClass(constructor(), context, List.of(services));
		for (ApplicationListener<?> listener : listeners) {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			multicaster.addApplicationListener(listener);
			multicaster.multicastEvent(event);
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static List<ApplicationListener<?>> listeners() {
		return (List) SpringFactoriesLoader.forDefaultResourceLocation()
			.load(ApplicationListener.class)
			.stream()
			.filter((listener) -> listener.getClass().getName().matches(".*(Services|ServiceConnections).*Listener"))
			.collect(Collectors.toList());
	}

	private static Constructor<DockerComposeServicesReadyEvent> constructor() {
		try {
			return DockerComposeServicesReadyEvent.class.getDeclaredConstructor(ApplicationContext.class, List.class);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String database(ApplicationContext context, String pool) {
		return Objects.requireNonNull(new JdbcTemplate(context.getBean(pool, DataSource.class))
			.queryForObject("select current_database()", String.class));
	}

	/**
	 * A Compose service that is a server.
	 */
	private record Service(String name, String imageName, PostgresNode server,
			Map<String, String> labels) implements RunningService {

		@Override
		public ImageReference image() {
			return ImageReference.of(this.imageName);
		}

		@Override
		public String host() {
			return "127.0.0.1";
		}

		@Override
		public ConnectionPorts ports() {
			return new Ports(this.server.port());
		}

		@Override
		public Map<String, String> env() {
			String url = this.server.jdbcUrl();
			return Map.of("POSTGRES_USER", this.server.username(), "POSTGRES_PASSWORD", this.server.password(),
					"POSTGRES_DB", url.substring(url.lastIndexOf('/') + 1));
		}

	}

	/**
	 * The port that a service is published at.
	 */
	private record Ports(int published) implements ConnectionPorts {

		@Override
		public int get(int containerPort) {
			return this.published;
		}

		@Override
		public List<Integer> getAll() {
			return List.of(this.published);
		}

		@Override
		public List<Integer> getAll(@Nullable String protocol) {
			return getAll();
		}

	}

}
