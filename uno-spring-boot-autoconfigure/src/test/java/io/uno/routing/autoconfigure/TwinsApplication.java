package io.uno.routing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import org.hibernate.resource.jdbc.spi.StatementInspector;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/**
 * An application with the databases {@code atlas} and {@code journal}, which have the
 * same tables, each with the rows 1 and 2 (a child of 1) that are called as the database.
 */
final class TwinsApplication implements AutoCloseable {

	private static final List<String> TABLES = List.of(
			"create table item (id bigint primary key, name text unique, version int not null default 0, parent_id bigint)",
			"create table item_tag (item_id bigint, tag text)", "create table root (id bigint primary key, name text)",
			"create table leaf (id bigint primary key, color text)",
			"create procedure items(inout opened refcursor) language plpgsql as 'begin open opened for select * from item where id = 1; end'");

	private final Map<String, PostgresCluster> servers = new LinkedHashMap<>();

	private final Map<String, SingleConnectionDataSource> connections = new LinkedHashMap<>();

	private final ConfigurableApplicationContext context;

	TwinsApplication() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.default-database", "atlas");
		add("atlas", 1, properties);
		add("journal", 1000, properties);
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.flyway.enabled", "false");
		properties.put("spring.data.jpa.repositories.enabled", "false");
		properties.put("spring.jpa.properties.hibernate.session_factory.statement_inspector", Sent.class.getName());
		this.context = new SpringApplicationBuilder(Configured.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run();
	}

	private void add(String name, int firstId, Map<String, Object> properties) {
		PostgresCluster server = PostgresCluster.shared(0);
		this.servers.put(name, server);
		this.connections.put(name, new SingleConnectionDataSource(server.primary().jdbcUrl(),
				server.primary().username(), server.primary().password(), true));
		JdbcTemplate jdbc = jdbc(name);
		TABLES.forEach(jdbc::execute);
		jdbc.execute("create sequence item_seq start " + (firstId + 10));
		String prefix = "uno.databases." + name;
		properties.put(prefix + ".url", server.primary().jdbcUrl());
		properties.put(prefix + ".username", server.primary().username());
		properties.put(prefix + ".password", server.primary().password());
		properties.put(prefix + ".packages", "io.uno.routing.twins." + name);
	}

	JdbcTemplate jdbc(String database) {
		return new JdbcTemplate(this.connections.get(database));
	}

	/**
	 * Puts the rows back that each database has.
	 */
	void restore() {
		this.servers.keySet().forEach((name) -> {
			jdbc(name).execute("truncate item, item_tag, root, leaf");
			jdbc(name).update("insert into item (id, name, parent_id) values (1, ?, null), (2, ?, 1)", name,
					name + "-child");
			jdbc(name).update("insert into item_tag values (1, ?)", name);
			jdbc(name).update("insert into root values (1, ?)", name);
			jdbc(name).update("insert into leaf values (1, ?)", name);
		});
	}

	/**
	 * All rows of a database.
	 */
	List<String> rows(String database) {
		return jdbc(database).queryForList(
				"select i::text from item i union all select t::text from item_tag t"
						+ " union all select r::text from root r union all select l::text from leaf l order by 1",
				String.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	@Override
	public void close() {
		this.context.close();
		this.connections.values().forEach(SingleConnectionDataSource::close);
		this.servers.values().forEach(PostgresCluster::close);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackages = "io.uno.routing.twins")
	static class Configured {

		@Bean(defaultCandidate = false)
		LocalContainerEntityManagerFactoryBean ownUnit(DataSource dataSource) {
			LocalContainerEntityManagerFactoryBean unit = new LocalContainerEntityManagerFactoryBean();
			unit.setPersistenceUnitName("own");
			unit.setDataSource(dataSource);
			unit.setPackagesToScan("io.uno.routing.twins");
			unit.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
			return unit;
		}

	}

	/**
	 * What Hibernate has sent.
	 */
	public static final class Sent implements StatementInspector {

		private static final long serialVersionUID = 1L;

		static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

		@Override
		public String inspect(String sql) {
			STATEMENTS.add(sql);
			return sql;
		}

	}

}
