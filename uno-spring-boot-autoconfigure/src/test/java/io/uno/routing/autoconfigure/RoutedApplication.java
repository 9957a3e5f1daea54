package io.uno.routing.autoconfigure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import org.junit.jupiter.api.TestInfo;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application with the databases {@code atlas}, which has two replicas, and
 * {@code journal}, which has none.
 */
final class RoutedApplication implements AutoCloseable {

	private final PostgresCluster atlas = PostgresCluster.builder().replicas("east", "west").startShared(0);

	private final PostgresCluster journal = PostgresCluster.shared(0);

	private final ConfigurableApplicationContext context;

	RoutedApplication(String... arguments) {
		this(List.of(), arguments);
	}

	RoutedApplication(List<Class<?>> beans, String... arguments) {
		createTables();
		this.context = new SpringApplicationBuilder(Configured.class).sources(beans.toArray(Class[]::new))
			.web(WebApplicationType.NONE)
			.properties(properties())
			.run(arguments);
	}

	/**
	 * Starts it wrapped as the test class, or the one that it extends, demands by
	 * {@link ObservedBy}.
	 */
	static RoutedApplication of(TestInfo test, List<Class<?>> beans, String... arguments) {
		ObservedBy observed = test.getTestClass().map((type) -> type.getAnnotation(ObservedBy.class)).orElse(null);
		if (observed == null) {
			return new RoutedApplication(beans, arguments);
		}
		List<Class<?>> allBeans = new ArrayList<>(beans);
		allBeans.add(observed.value().configuration());
		List<String> allArguments = new ArrayList<>(List.of(arguments));
		allArguments.add(observed.value().argument());
		return new RoutedApplication(allBeans, allArguments.toArray(String[]::new));
	}

	private void createTables() {
		JdbcTemplate atlasJdbc = new JdbcTemplate(this.atlas.primary().dataSource());
		atlasJdbc.execute("create table place (id bigint primary key, name text)");
		atlasJdbc.execute("create sequence place_seq increment 50");
		new JdbcTemplate(this.journal.primary().dataSource())
			.execute("create table entry (id uuid primary key, line text)");
		this.atlas.replicas().forEach((replica) -> replica.awaitReplay());
	}

	private Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.default-database", "atlas");
		node(properties, "uno.databases.atlas", this.atlas.primary());
		node(properties, "uno.databases.atlas.replicas.east", this.atlas.replica("east"));
		node(properties, "uno.databases.atlas.replicas.west", this.atlas.replica("west"));
		node(properties, "uno.databases.journal", this.journal.primary());
		properties.put("uno.databases.journal.packages", "io.uno.routing.autoconfigure.journal");
		properties.put("uno.reads.probe-interval", "100ms");
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.flyway.enabled", "false");
		return properties;
	}

	private static void node(Map<String, Object> properties, String prefix, PostgresNode node) {
		properties.put(prefix + ".url", node.jdbcUrl());
		properties.put(prefix + ".username", node.username());
		properties.put(prefix + ".password", node.password());
	}

	PostgresCluster atlas() {
		return this.atlas;
	}

	PostgresCluster journal() {
		return this.journal;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/**
	 * The pool of a node, below whatever wraps it.
	 */
	HikariDataSource pool(String node) {
		try {
			return bean(node, DataSource.class).unwrap(HikariDataSource.class);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.atlas.close();
		this.journal.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackages = { "io.uno.routing.autoconfigure.atlas", "io.uno.routing.autoconfigure.journal" })
	@EnableJpaRepositories(
			basePackages = { "io.uno.routing.autoconfigure.atlas", "io.uno.routing.autoconfigure.journal" })
	static class Configured {

	}

}
