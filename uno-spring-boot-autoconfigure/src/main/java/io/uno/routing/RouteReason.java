package io.uno.routing;

/**
 * Why a route leads to its node.
 *
 * @since 0.1.0
 */
public enum RouteReason {

	/** The operation may write, or nothing says that it only reads. */
	WRITE("it may write"),

	/** A read goes to the replica whose turn it is. */
	REPLICA_IN_TURN("it only reads, and it is this replica's turn"),

	/** A read goes to the replica that its scope has read from before. */
	REPLICA_OF_SCOPE("it only reads, and its scope has read from this replica before"),

	/** A read goes to a replica that said, when asked, that it has caught up. */
	REPLICA_CAUGHT_UP("it only reads, and this replica has what the caller has written"),

	/** A read goes to the primary of a database that has no replica. */
	NO_REPLICA("the database has no replica"),

	/** A read goes to the primary as it demands the latest data. */
	LATEST("it demands the latest data"),

	/** A read goes to the primary as only marked reads go to replicas. */
	NOT_MARKED("only reads that say how fresh their data has to be go to replicas"),

	/** A replica refuses serializable transactions, even those that only read. */
	SERIALIZABLE("a replica refuses serializable transactions"),

	/** A read inside a suspended transaction that may have written. */
	SUSPENDED_WRITE("a transaction that may write is suspended around it"),

	/** A read goes to the primary as nobody can tell what a replica has. */
	NO_POSITION("the caller has written just now, and the servers tell no positions"),

	/** A read goes to the primary as no replica has the caller's writes in time. */
	REPLICAS_BEHIND("no replica has what the caller has written"),

	/** A read goes to the primary as every replica is older than it may be. */
	REPLICAS_TOO_OLD("every replica is older than the read allows"),

	/** A read goes to the primary as every replica within reach is lagging. */
	REPLICAS_LAGGING("the replicas are too far behind"),

	/** A read goes to the primary as no replica is what it should be. */
	REPLICAS_REFUSED("no replica is what it is configured as"),

	/** A read goes to the primary as no replica can be reached. */
	REPLICAS_UNREACHABLE("no replica is within reach"),

	/** A read goes to the primary as every pool of a replica is exhausted. */
	REPLICAS_BUSY("the replicas' pools are exhausted");

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
