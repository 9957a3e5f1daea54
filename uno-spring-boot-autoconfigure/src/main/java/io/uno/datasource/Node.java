package io.uno.datasource;

import org.springframework.util.Assert;

/**
 * One server of a database. Its pool is the bean of the same {@linkplain #id() id}.
 * Immutable.
 *
 * @param database name of the database it serves
 * @param name name of the node within its database: {@code main} or a replica's
 * @param replica whether it is configured as a replica; what it does at present is its
 * {@link Duty}
 * @param weight share of the reads, beside the other replicas' weights; at least one
 * @since 0.1.0
 */
public record Node(String database, String name, boolean replica, int weight) {

	/**
	 * Name of the node that a database's own url leads to.
	 */
	public static final String MAIN = "main";

	public Node {
		Assert.hasText(database, "'database' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
		Assert.isTrue(weight >= 1,
				() -> "Weight %d of node '%s.%s' must be at least 1".formatted(weight, database, name));
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
	 * @param weight share of the reads, beside the other replicas' weights
	 * @return the node
	 */
	public static Node replica(String database, String name, int weight) {
		return new Node(database, name, true, weight);
	}

	/**
	 * Name of the node among all nodes, such as {@code atlas.east}.
	 * @return database and name, joined by a full stop
	 */
	public String id() {
		return this.database + "." + this.name;
	}

	@Override
	public String toString() {
		return id();
	}

}
