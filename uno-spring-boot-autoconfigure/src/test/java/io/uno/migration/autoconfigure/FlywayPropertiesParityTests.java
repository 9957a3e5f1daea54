package io.uno.migration.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.function.SingletonSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Flyway property of Spring Boot, set in each layer, against what Spring Boot makes
 * of it.
 */
class FlywayPropertiesParityTests {

	/**
	 * A value for each property that differs from its default, with what it needs beside
	 * it.
	 */
	private static final Map<String, String[]> SAMPLES = new LinkedHashMap<>();
	static {
		sample("fail-on-missing-locations", "true");
		sample("locations", "classpath:one/{vendor},classpath:two");
		sample("callback-locations", "classpath:callbacks/{vendor}");
		sample("encoding", "ISO-8859-1");
		sample("connect-retries", "7");
		sample("connect-retries-interval", "90");
		sample("lock-retry-count", "13");
		sample("default-schema", "FIRST", "schemas=FIRST,SECOND");
		sample("schemas", "FIRST,SECOND");
		sample("create-schemas", "false");
		sample("table", "history");
		sample("tablespace", "fast");
		sample("baseline-description", "start");
		sample("baseline-version", "12");
		sample("installed-by", "me");
		sample("placeholders", null, "placeholders.color=red", "placeholders.shape=round");
		sample("placeholder-prefix", "%{");
		sample("placeholder-suffix", "}%");
		sample("placeholder-separator", "|");
		sample("placeholder-replacement", "false");
		sample("sql-migration-prefix", "W");
		sample("sql-migration-suffixes", ".psql,.ddl");
		sample("sql-migration-separator", "--");
		sample("repeatable-sql-migration-prefix", "Q");
		sample("target", "3");
		sample("user", "owner");
		sample("password", "s:e@c/r?et", "user=owner");
		sample("driver-class-name", "org.h2.Driver", "url=jdbc:h2:mem:elsewhere", "user=owner");
		sample("url", "jdbc:h2:mem:elsewhere");
		sample("init-sqls", "SELECT 1;,SELECT 2;");
		sample("baseline-on-migrate", "true");
		sample("clean-disabled", "false");
		sample("group", "true");
		sample("mixed", "true");
		sample("out-of-order", "true");
		sample("skip-default-callbacks", "true");
		sample("skip-default-resolvers", "true");
		sample("validate-migration-naming", "true");
		sample("validate-on-migrate", "false");
		sample("script-placeholder-prefix", "GP__");
		sample("script-placeholder-suffix", "--");
		sample("powershell-executable", "posh");
		sample("execute-in-transaction", "false");
		sample("loggers", "apache-commons,slf4j");
		sample("batch", "true");
		sample("dry-run-output", "target/dry-run.sql");
		sample("error-overrides", "D12345");
		sample("stream", "true");
		sample("jdbc-properties", null, "jdbc-properties.ssl=true");
		sample("kerberos-config-file", "/tmp/krb5.conf");
		sample("output-query-results", "false");
		sample("skip-executing-migrations", "true");
		sample("ignore-migration-patterns", "*:missing");
		sample("detect-encoding", "true");
		sample("community-db-support-enabled", "false");
		sample("postgresql.transactional-lock", "false");
		sample("oracle.sqlplus", "true");
		sample("oracle.sqlplus-warn", "true");
		sample("oracle.kerberos-cache-file", "/tmp/cache");
		sample("oracle.wallet-location", "/tmp/wallet");
		sample("sqlserver.kerberos-login-file", "/tmp/login.conf");
	}

	/**
	 * Switches Flyway off and is tested as such.
	 */
	private static final Set<String> NOT_IN_FLYWAY = Set.of("enabled");

	/**
	 * Spring Boot hands these only to modules of Flyway that are not on the class path,
	 * or they say what the default is here.
	 */
	private static final Set<String> WITHOUT_EFFECT_HERE = Set.of("oracle.sqlplus", "oracle.sqlplus-warn",
			"oracle.kerberos-cache-file", "oracle.wallet-location", "sqlserver.kerberos-login-file");

	/**
	 * {@code spring.flyway.url}, and what needs it: one url can't be that of two
	 * databases.
	 */
	private static final Set<String> REFUSED_FOR_ALL = Set.of("url", "driver-class-name");

	private static final ApplicationContextRunner BOOT = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:atlas", "spring.datasource.username=sa",
				"spring.datasource.password=")
		.withBean(FlywayMigrationStrategy.class, () -> (flyway) -> {
		})
		.withPropertyValues("spring.flyway.locations=classpath:one");

	private static final ApplicationContextRunner UNO = TwoDatabases.runner()
		.withBean(FlywayMigrationStrategy.class, () -> (flyway) -> {
		})
		.withPropertyValues("spring.flyway.locations=classpath:one");

	private static final Supplier<Map<String, Object>> BOOT_DEFAULTS = SingletonSupplier.of(() -> boot());

	private static void sample(String property, @Nullable String value, String... others) {
		Stream<String> first = (value != null) ? Stream.of(property + "=" + value) : Stream.of();
		SAMPLES.put(property, Stream.concat(first, Stream.of(others)).toArray(String[]::new));
	}

	/**
	 * Those that fail Flyway's start, each in its own way, and those that are refused for
	 * all databases.
	 */
	static Stream<String> alone() {
		return SAMPLES.keySet()
			.stream()
			.filter((property) -> REFUSED_FOR_ALL.contains(property) || boot(property).containsKey("failure"));
	}

	@Test
	void everyPropertyOfSpringBootIsDecided() {
		Set<String> decided = new TreeSet<>(SAMPLES.keySet());
		decided.addAll(NOT_IN_FLYWAY);
		assertThat(decided).isEqualTo(namesIn(FlywayProperties.class, ""));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void sampleChangesWhatSpringBootConfigures(String property) {
		assertThat(boot(property).equals(BOOT_DEFAULTS.get())).isEqualTo(WITHOUT_EFFECT_HERE.contains(property));
	}

	static Stream<String> properties() {
		return SAMPLES.keySet().stream();
	}

	@Test
	void propertiesReachEachFlywayTogetherAsInSpringBoot() {
		Set<String> together = new LinkedHashSet<>(SAMPLES.keySet());
		alone().forEach(together::remove);
		propertiesReachEachFlyway(together.toArray(String[]::new));
	}

	@ParameterizedTest
	@MethodSource("alone")
	void propertyReachesEachFlywayAloneAsInSpringBoot(String property) {
		propertiesReachEachFlyway(property);
	}

	private static void propertiesReachEachFlyway(String... properties) {
		Map<String, Object> expected = boot(properties);
		if (Stream.of(properties).noneMatch(REFUSED_FOR_ALL::contains)) {
			assertThat(uno("spring.flyway.", properties)).isEqualTo(Map.of("atlas", expected, "journal", expected));
		}
		assertThat(uno("uno.flyway.", properties)).isEqualTo(Map.of("atlas", expected, "journal", expected));
		// One Flyway that cannot be created fails the start
		Map<String, Object> other = expected.containsKey("failure") ? expected : BOOT_DEFAULTS.get();
		assertThat(uno("uno.databases.journal.flyway.", properties))
			.isEqualTo(Map.of("atlas", other, "journal", expected));
	}

	private static Map<String, Object> boot(String... properties) {
		Map<String, Object> result = new TreeMap<>();
		BOOT.withPropertyValues(prefixed("spring.flyway.", properties))
			.run((context) -> result.putAll(describe(context, "flyway")));
		return result;
	}

	private static Map<String, Map<String, Object>> uno(String prefix, String... properties) {
		Map<String, Map<String, Object>> result = new TreeMap<>();
		UNO.withPropertyValues(prefixed(prefix, properties)).run((context) -> {
			result.put("atlas", describe(context, "atlas.flyway"));
			result.put("journal", describe(context, "journal.flyway"));
		});
		return result;
	}

	private static String[] prefixed(String prefix, String... properties) {
		return Stream.of(properties)
			.flatMap((property) -> Stream.of(SAMPLES.getOrDefault(property, new String[0])))
			.map((sample) -> prefix + sample)
			.toArray(String[]::new);
	}

	private static Map<String, Object> describe(AssertableApplicationContext context, String bean) throws Exception {
		Throwable failure = context.getStartupFailure();
		if (failure != null) {
			return Map.of("failure", rootOf(failure).toString());
		}
		Configuration configuration = context.getBean(bean, Flyway.class).getConfiguration();
		Map<String, Object> values = new TreeMap<>();
		for (Method getter : Configuration.class.getMethods()) {
			if (getter.getParameterCount() == 0 && !Modifier.isStatic(getter.getModifiers())) {
				values.put(getter.getName(), describe(getter, configuration));
			}
		}
		return values;
	}

	private static Object describe(Method getter, Configuration configuration) throws IllegalAccessException {
		switch (getter.getName()) {
			case "getDataSource":
				return describe(configuration.getDataSource());
			case "getPluginRegister":
				return configuration.getPluginRegister()
					.getExact(PostgreSQLConfigurationExtension.class)
					.isTransactionalLock();
			case "getClassLoader", "getCachedDataSources", "getCachedResolvedEnvironments":
				return "belongs to its context";
			default:
				return value(getter, configuration);
		}
	}

	private static Object value(Method getter, Configuration configuration) throws IllegalAccessException {
		try {
			return assertableOf(getter.invoke(configuration));
		}
		catch (InvocationTargetException ex) {
			return rootOf(ex).toString();
		}
	}

	private static Object assertableOf(@Nullable Object value) {
		if (value instanceof Object[] array) {
			return Stream.of(array).map(FlywayPropertiesParityTests::assertableOf).toList();
		}
		// Without the identity of objects that have no text of their own
		return String.valueOf(value).replaceAll("@[0-9a-f]+", "");
	}

	private static String describe(DataSource dataSource) {
		if (dataSource instanceof SimpleDriverDataSource simple) {
			return "%s %s %s %s".formatted(withoutDatabase(simple.getUrl()), simple.getUsername(), simple.getPassword(),
					Objects.requireNonNull(simple.getDriver()).getClass().getName());
		}
		// a pool of uno's is Hikari's, with a name of its own
		return (dataSource instanceof HikariDataSource) ? HikariDataSource.class.getName()
				: dataSource.getClass().getName();
	}

	/**
	 * Spring Boot has one, and here are two.
	 */
	private static String withoutDatabase(@Nullable String url) {
		return String.valueOf(url).replaceFirst("mem:(atlas|journal)", "mem:");
	}

	private static Throwable rootOf(Throwable failure) {
		return (failure.getCause() != null) ? rootOf(failure.getCause()) : failure;
	}

	private static Set<String> namesIn(Class<?> type, String prefix) {
		Set<String> names = new TreeSet<>();
		for (Field field : type.getDeclaredFields()) {
			String name = prefix + DataObjectPropertyName.toDashedForm(field.getName());
			if (field.getType().getDeclaringClass() == FlywayProperties.class) {
				names.addAll(namesIn(field.getType(), name + "."));
			}
			else if (!field.isSynthetic()) {
				names.add(name);
			}
		}
		return names;
	}

}
