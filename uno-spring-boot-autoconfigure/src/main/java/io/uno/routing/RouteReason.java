package io.uno.routing;

/**
 * Why a route leads where it leads.
 *
 * @since 0.1.0
 */
public enum RouteReason {

	/** The operation may write, or nothing says that it only reads. */
	WRITE("it may write"),

	/** A read goes to the replica whose turn it is. */
	REPLICA_IN_TURN("it only reads, and it is this replica's turn"),

	/** A read goes to the primary of a database that has no replica. */
	NO_REPLICA("the database has no replica"),

	/** A read goes to the primary as no replica can be reached. */
	REPLICAS_UNREACHABLE("no replica is within reach"),

	/** A read goes to the primary as every pool of a replica is exhausted. */
	REPLICAS_BUSY("the replicas' pools are exhausted"),

	/** A replica refuses serializable transactions, even those that only read. */
	SERIALIZABLE("a replica refuses serializable transactions");

	private final String description;

	RouteReason(String description) {
		this.description = description;
	}

	/**
	 * Says the reason in words.
	 * @return a part of a sentence, without a full stop
	 */
	public String getDescription() {
		return this.description;
	}

}
