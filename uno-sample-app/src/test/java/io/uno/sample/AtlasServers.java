package io.uno.sample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fresh databases for one test, as an operator would configure them.
 */
record AtlasServers(PostgresCluster atlas, PostgresCluster journal) implements AutoCloseable {

	static AtlasServers fresh() {
		return new AtlasServers(PostgresCluster.shared(1), PostgresCluster.shared(0));
	}

	String[] arguments(String... more) {
		List<String> arguments = new ArrayList<>();
		add(arguments, "atlas", this.atlas.primary());
		add(arguments, "journal", this.journal.primary());
		arguments.add("--uno.databases.atlas.replicas.east.url=" + this.atlas.replicas().get(0).jdbcUrl());
		Collections.addAll(arguments, more);
		return arguments.toArray(String[]::new);
	}

	private static void add(List<String> arguments, String database, PostgresNode node) {
		String prefix = "--uno.databases." + database + ".";
		arguments.add(prefix + "url=" + node.jdbcUrl());
		arguments.add(prefix + "username=" + node.username());
		arguments.add(prefix + "password=" + node.password());
	}

	long count(String table) {
		return JdbcClient.create(this.atlas.primary().dataSource())
			.sql("select count(*) from " + table)
			.query(Long.class)
			.single();
	}

	@Override
	public void close() {
		this.atlas.close();
		this.journal.close();
	}

}
