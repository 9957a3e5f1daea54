package io.uno.datasource.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.util.Credentials;
import io.uno.datasource.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepository;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class PoolSettingsTests {

	private static final String BOOT = "spring.datasource.hikari.";

	private static final Node MAIN = Node.main("atlas");

	private static final Node EAST = Node.replica("atlas", "east", 1);

	/**
	 * Three values of each setting that differ from its default and from one another,
	 * where it has so many.
	 */
	private static final Map<String, List<?>> VALUES = values();

	private static Map<String, List<?>> values() {
		Map<String, List<?>> values = new LinkedHashMap<>();
		values.put("allow-pool-suspension", List.of(true, false, true));
		values.put("auto-commit", List.of(false, true, false));
		values.put("isolate-internal-queries", List.of(true, false, true));
		values.put("read-only", List.of(true, false, true));
		values.put("register-mbeans", List.of(true, false, true));
		List.of("catalog", "connection-init-sql", "connection-test-query", "data-source-class-name",
				"data-source-j-n-d-i", "password", "pool-name", "schema", "username")
			.forEach((name) -> values.put(name, List.of("one", "two", "three")));
		values.put("jdbc-url", List.of("jdbc:h2:mem:one", "jdbc:h2:mem:two", "jdbc:h2:mem:three"));
		values.put("transaction-isolation",
				List.of("TRANSACTION_REPEATABLE_READ", "TRANSACTION_READ_COMMITTED", "TRANSACTION_READ_UNCOMMITTED"));
		values.put("driver-class-name",
				List.of("org.h2.Driver", "org.postgresql.Driver", "org.testcontainers.jdbc.ContainerDatabaseDriver"));
		values.put("credentials-provider-class-name", List.of(FirstCredentials.class.getName(),
				SecondCredentials.class.getName(), ThirdCredentials.class.getName()));
		values.put("exception-override-class-name",
				List.of(FirstOverride.class.getName(), SecondOverride.class.getName(), ThirdOverride.class.getName()));
		List.of("connection-timeout", "idle-timeout", "initialization-fail-timeout", "keepalive-time",
				"leak-detection-threshold", "max-lifetime", "validation-timeout")
			.forEach((name) -> values.put(name, List.of(41_000L, 42_000L, 43_000L)));
		values.put("maximum-pool-size", List.of(11, 12, 13));
		values.put("minimum-idle", List.of(4, 5, 6));
		values.put("data-source-properties", List.of("one", "two", "three"));
		values.put("health-check-properties", List.of("one", "two", "three"));
		return values;
	}

	static Set<String> settings() {
		return VALUES.keySet();
	}

	@Test
	void settingsOfPoolsAreThoseOfBoot() {
		Set<String> ofBoot = metadata().getAllProperties()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith(BOOT))
			.map((name) -> name.substring(BOOT.length()))
			.collect(Collectors.toCollection(TreeSet::new));
		// Boot binds it to a method of the running pool, so that it changes nothing
		assertThat(ofBoot).contains("login-timeout").hasSizeGreaterThan(30);
		ofBoot.remove("login-timeout");
		assertThat(VALUES.keySet()).containsExactlyInAnyOrderElementsOf(ofBoot);
	}

	private static ConfigurationMetadataRepository metadata() {
		try {
			ConfigurationMetadataRepositoryJsonBuilder builder = ConfigurationMetadataRepositoryJsonBuilder.create();
			for (URL resource : Collections.list(DataSourceAutoConfiguration.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = resource.openStream()) {
					builder.withJsonResource(json);
				}
			}
			return builder.build();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSettingOfAllPoolsReachesThePrimaryAndTheReplica(String setting) {
		Object value = VALUES.get(setting).get(0);
		StandardEnvironment environment = environment(Map.of(key("uno.hikari", setting), value));
		if (!Set.of("username", "password", "jdbc-url").contains(setting)) {
			assertThat(read(pool(environment, MAIN), setting)).isEqualTo(value);
		}
		if (isInherited(setting)) {
			assertThat(read(pool(environment, EAST), setting)).isEqualTo(value);
		}
	}

	@Test
	void aReplicaDoesNotInheritSerializableTransactionsWhichItWouldRefuse() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.hikari.transaction-isolation", "TRANSACTION_SERIALIZABLE");
		assertThat(pool(environment(properties), MAIN).getTransactionIsolation()).isEqualTo("TRANSACTION_SERIALIZABLE");
		assertThat(pool(environment(properties), EAST).getTransactionIsolation()).isNull();
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSettingOfADatabaseWinsOverThatOfAllPools(String setting) {
		Object value = VALUES.get(setting).get(1);
		StandardEnvironment environment = environment(Map.of(key("uno.hikari", setting), VALUES.get(setting).get(0),
				key("uno.databases.atlas.hikari", setting), value));
		assertThat(read(pool(environment, MAIN), setting)).isEqualTo(value);
		if (isInherited(setting)) {
			assertThat(read(pool(environment, EAST), setting)).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSettingOfAReplicaWinsOverThatOfItsDatabase(String setting) {
		List<?> values = VALUES.get(setting);
		StandardEnvironment environment = environment(
				Map.of(key("uno.hikari", setting), values.get(0), key("uno.databases.atlas.hikari", setting),
						values.get(1), key("uno.databases.atlas.replicas.east.hikari", setting), values.get(2)));
		assertThat(read(pool(environment, MAIN), setting)).isEqualTo(values.get(1));
		assertThat(read(pool(environment, EAST), setting)).isEqualTo(values.get(2));
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aReplicaOfBootsDataSourceHasItsSettingsAndThoseOfItsOwn(String setting) {
		List<?> values = VALUES.get(setting);
		HikariDataSource primary = pool(environment(Map.of(key("uno.databases.atlas.hikari", setting), values.get(1))),
				MAIN);
		Map<String, Object> replica = Map.of("uno.replicas.east.url", "jdbc:postgresql://localhost/east");
		if (isInherited(setting)) {
			StandardEnvironment inheriting = environmentOf(replica);
			inheriting.getPropertySources()
				.addLast(
						new MapPropertySource("boot", Map.of(key("spring.datasource.hikari", setting), values.get(1))));
			assertThat(read(replicaPool(inheriting, primary), setting)).isEqualTo(values.get(1));
		}
		Map<String, Object> own = new LinkedHashMap<>(replica);
		own.put(key("uno.hikari", setting), values.get(0));
		own.put(key("uno.replicas.east.hikari", setting), values.get(2));
		assertThat(read(replicaPool(environmentOf(own), primary), setting)).isEqualTo(values.get(2));
	}

	/**
	 * What leads to the primary itself is nothing for a replica.
	 */
	private static boolean isInherited(String setting) {
		return !Set.of("jdbc-url", "pool-name", "data-source-class-name", "data-source-j-n-d-i").contains(setting)
				&& !Set.of("username", "password").contains(setting);
	}

	@Test
	void theUserOfAReplicaIsItsOwnElseThePrimarys() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.hikari.username", "everybody");
		properties.put("uno.databases.atlas.username", "atlas");
		properties.put("uno.databases.atlas.password", "secret");
		assertThat(pool(environment(properties), MAIN).getUsername()).isEqualTo("atlas");
		assertThat(pool(environment(properties), EAST).getUsername()).isEqualTo("atlas");
		assertThat(pool(environment(properties), EAST).getPassword()).isEqualTo("secret");
		properties.put("uno.databases.atlas.replicas.east.username", "reader");
		properties.put("uno.databases.atlas.replicas.east.password", "other");
		assertThat(pool(environment(properties), MAIN).getUsername()).isEqualTo("atlas");
		assertThat(pool(environment(properties), EAST).getUsername()).isEqualTo("reader");
		assertThat(pool(environment(properties), EAST).getPassword()).isEqualTo("other");
	}

	@Test
	void aReplicaDoesNotWaitLongAndDoesNotHinderTheStart() {
		HikariDataSource main = pool(environment(Map.of()), MAIN);
		HikariDataSource east = pool(environment(Map.of()), EAST);
		assertThat(main.getConnectionTimeout()).isEqualTo(30_000);
		assertThat(main.getInitializationFailTimeout()).isEqualTo(1);
		assertThat(east.getConnectionTimeout()).isEqualTo(1_000);
		assertThat(east.getInitializationFailTimeout()).isEqualTo(-1);
	}

	@Test
	void aReplicaIsReadOnlyWhereNobodySaysOtherwise() {
		assertThat(pool(environment(Map.of()), MAIN).isReadOnly()).isFalse();
		assertThat(pool(environment(Map.of()), EAST).isReadOnly()).isTrue();
		HikariDataSource primary = pool(environment(Map.of()), MAIN);
		Map<String, Object> replica = Map.of("uno.replicas.east.url", "jdbc:postgresql://localhost/east");
		assertThat(replicaPool(environmentOf(replica), primary).isReadOnly()).isTrue();
		assertThat(primary.isReadOnly()).isFalse();
	}

	@Test
	void poolsAreCalledLikeTheirNodes() {
		assertThat(pool(environment(Map.of()), MAIN).getPoolName()).isEqualTo("atlas.main");
		StandardEnvironment named = environment(Map.of("uno.databases.atlas.hikari.pool-name", "atlas"));
		assertThat(pool(named, MAIN).getPoolName()).isEqualTo("atlas");
		assertThat(pool(named, EAST).getPoolName()).isEqualTo("atlas.east");
	}

	@Test
	void nothingThatIsPrintedHoldsAPassword() {
		StandardEnvironment environment = environment(Map.of("uno.hikari.password", "s3cret",
				"uno.databases.atlas.password", "s3cret", "uno.databases.atlas.hikari.password", "s3cret",
				"uno.databases.atlas.flyway.password", "s3cret", "uno.flyway.password", "s3cret",
				"uno.databases.atlas.replicas.east.password", "s3cret",
				"uno.databases.atlas.replicas.east.hikari.password", "s3cret", "uno.databases.atlas.replicas.west.url",
				"jdbc:postgresql://localhost/atlas?password=s3cret", "uno.replicas.east.password", "s3cret",
				"uno.replicas.west.url", "jdbc:postgresql://h/d?password=s3cret"));
		DatabasesProperties properties = DatabasesProperties.from(environment);
		assertThat(properties.hikari()).containsValue("s3cret");
		assertThat(properties.toString()).contains("atlas", "east", "west").doesNotContain("s3cret");
		assertThat(properties.databases().toString()).doesNotContain("s3cret");
		assertThat(properties.replicas().toString()).doesNotContain("s3cret");
		assertThat(ConnectionSettings.of(properties.databases().get("atlas")).toString()).doesNotContain("s3cret");
	}

	private static String key(String prefix, String setting) {
		return prefix + "." + setting + (setting.endsWith("-properties") ? ".some" : "");
	}

	private static StandardEnvironment environment(Map<String, ?> more) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.databases.atlas.url", "jdbc:postgresql://localhost/atlas");
		properties.put("uno.databases.atlas.replicas.east.url", "jdbc:postgresql://localhost/east");
		properties.putAll(more);
		return environmentOf(properties);
	}

	private static StandardEnvironment environmentOf(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		ConfigurationPropertySources.attach(environment);
		new PropertyNamesCheck(environment).check();
		return environment;
	}

	private static HikariDataSource pool(StandardEnvironment environment, Node node) {
		return new NodePoolFactory(environment, List.of(), null).create(node);
	}

	private static HikariDataSource replicaPool(StandardEnvironment environment, HikariDataSource primary) {
		return new NodePoolFactory(environment, List.of(), null).create(Node.replica("default", "east", 1), primary);
	}

	private static Object read(HikariDataSource pool, String setting) {
		if (setting.equals("credentials-provider-class-name")) {
			return pool.getCredentialsProvider().getClass().getName();
		}
		try {
			Object value = Arrays.stream(BeanUtils.getPropertyDescriptors(HikariDataSource.class))
				.filter((property) -> DataObjectPropertyName.toDashedForm(property.getName()).equals(setting))
				.findFirst()
				.orElseThrow()
				.getReadMethod()
				.invoke(pool);
			return (value instanceof Properties properties) ? properties.get("some") : value;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static class FirstCredentials implements HikariCredentialsProvider {

		@Override
		public Credentials getCredentials() {
			return Credentials.of("user", "password");
		}

	}

	public static class SecondCredentials extends FirstCredentials {

	}

	public static class ThirdCredentials extends FirstCredentials {

	}

	public static class FirstOverride implements SQLExceptionOverride {

		@java.lang.Override
		public Override adjudicate(SQLException ex) {
			return Override.DO_NOT_EVICT;
		}

	}

	public static class SecondOverride extends FirstOverride {

	}

	public static class ThirdOverride extends FirstOverride {

	}

}
