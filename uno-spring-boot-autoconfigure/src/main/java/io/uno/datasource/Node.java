package io.uno.datasource;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * One server of a database. Its pool is the bean of the same {@linkplain #id() id}.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Node {

	/**
	 * Name of the node that a database's own url leads to.
	 */
	public static final String MAIN = "main";

	private final String database;

	private final String name;

	private final boolean replica;

	private final int weight;

	// looked up by every statement
	private final String id;

	private Node(String database, String name, boolean replica, int weight) {
		Assert.hasText(database, "'database' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
		Assert.isTrue(weight >= 1,
				() -> "Weight %d of node '%s.%s' must be at least 1".formatted(weight, database, name));
		this.database = database;
		this.name = name;
		this.replica = replica;
		this.weight = weight;
		this.id = database + "." + name;
	}

	/**
	 * Creates the node that a database's own url leads to.
	 * @param database name of the database
	 * @return its node {@code main}
	 */
	public static Node main(String database) {
		return new Node(database, MAIN, false, 1);
	}

	/**
	 * Creates a replica.
	 * @param database name of the database
	 * @param name name of the replica
	 * @param weight share of the reads, beside the other replicas' weights; at least one
	 * @return the node
	 */
	public static Node replica(String database, String name, int weight) {
		return new Node(database, name, true, weight);
	}

	/**
	 * Name of the database that it serves.
	 * @return the database's name
	 */
	public String database() {
		return this.database;
	}

	/**
	 * Name of the node within its database.
	 * @return {@code main} or a replica's
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Whether it is configured as a replica. What it does at present is its {@link Duty}.
	 * @return whether it is one
	 */
	public boolean replica() {
		return this.replica;
	}

	/**
	 * Share of the reads, beside the other replicas' weights.
	 * @return at least one
	 */
	public int weight() {
		return this.weight;
	}

	/**
	 * Name of the node among all nodes, such as {@code atlas.east}.
	 * @return database and name, joined by a full stop
	 */
	public String id() {
		return this.id;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Node node && this.database.equals(node.database)
				&& this.name.equals(node.name) && this.replica == node.replica && this.weight == node.weight);
	}

	@Override
	public int hashCode() {
		return this.id.hashCode();
	}

	@Override
	public String toString() {
		return this.id;
	}

}
