package io.uno.error;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An application with the databases {@code shop}, which has a replica, and {@code till},
 * which has none, and one connection. Both have the same tables.
 */
final class Library implements AutoCloseable {

	private static final List<String> TABLES = List.of("create table shelf (id bigint primary key)", """
			create table book (id bigint primary key, isbn text constraint book_isbn unique,
			title text not null, pages int constraint book_pages check (pages > 0),
			shelf bigint constraint book_shelf references shelf)""", """
			create table loan (book bigint, days int4range,
			constraint loan_days exclude using gist (book with =, days with &&))""",
			"create table ledger (id bigint constraint ledger_id unique deferrable initially deferred)");

	private final PostgresCluster shop = PostgresCluster.builder().replicas("east").startShared(0);

	private final PostgresCluster till = PostgresCluster.shared(0);

	private final ConfigurableApplicationContext context;

	Library(String... arguments) {
		createTables(this.shop.primary());
		createTables(this.till.primary());
		this.shop.replica("east").awaitReplay();
		this.context = new SpringApplicationBuilder(Configured.class).web(WebApplicationType.NONE)
			.properties(properties())
			.run(arguments);
	}

	private static void createTables(PostgresNode node) {
		new JdbcTemplate(node.superuserDataSource()).execute("create extension if not exists btree_gist");
		JdbcTemplate jdbc = new JdbcTemplate(node.dataSource());
		TABLES.forEach(jdbc::execute);
		jdbc.update("insert into shelf values (1)");
		jdbc.update("insert into ledger values (100)");
		jdbc.update("insert into book values (1, '1-1', 'Stiller', 438, 1)");
	}

	private Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.default-database", "shop");
		put(properties, "uno.databases.shop", this.shop.primary());
		put(properties, "uno.databases.shop.replicas.east", this.shop.replica("east"));
		put(properties, "uno.databases.till", this.till.primary());
		properties.put("uno.databases.till.hikari.maximum-pool-size", "1");
		properties.put("uno.databases.till.hikari.connection-timeout", "250");
		properties.put("uno.reads.probe-interval", "100ms");
		properties.put("spring.jpa.hibernate.ddl-auto", "none");
		properties.put("spring.flyway.enabled", "false");
		properties.put("spring.main.banner-mode", "off");
		return properties;
	}

	private static void put(Map<String, Object> properties, String prefix, PostgresNode node) {
		properties.put(prefix + ".url", node.jdbcUrl());
		properties.put(prefix + ".username", node.username());
		properties.put(prefix + ".password", node.password());
	}

	PostgresCluster shop() {
		return this.shop;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	JdbcClient till() {
		return bean("till.jdbcClient", JdbcClient.class);
	}

	/**
	 * In a transaction on the shop.
	 */
	<T> T write(Supplier<T> work) {
		return Objects.requireNonNull(transaction().execute((status) -> work.get()));
	}

	TransactionTemplate transaction() {
		return new TransactionTemplate(bean("shop.transactionManager", PlatformTransactionManager.class));
	}

	/**
	 * Past the application and as the superuser.
	 */
	JdbcTemplate administrator(PostgresNode node) {
		return new JdbcTemplate(node.superuserDataSource());
	}

	@Override
	public void close() {
		this.context.close();
		this.shop.close();
		this.till.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configured {

	}

}
