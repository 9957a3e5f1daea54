package io.uno.routing;

import java.sql.Connection;

import org.jspecify.annotations.Nullable;

/**
 * A connection to a node, and why it leads there.
 */
final class FetchedConnection {

	private final Connection connection;

	private final RoutedPool pool;

	private final Route route;

	private final @Nullable TransactionRoute transaction;

	private final boolean told;

	/**
	 * Who gives it back when the transaction ends.
	 */
	@Nullable RoutedConnection borrower;

	/**
	 * The connection that the transaction has borrowed before this one.
	 */
	@Nullable FetchedConnection borrowedBefore;

	/**
	 * Create a connection.
	 * @param connection the node's connection
	 * @param pool where it is from
	 * @param route the choice of the node
	 * @param transaction the transaction that it was opened for, {@code null} for none
	 * @param told whether listeners are told of it, and not only of another one that the
	 * transaction has on the same route
	 */
	FetchedConnection(Connection connection, RoutedPool pool, Route route, @Nullable TransactionRoute transaction,
			boolean told) {
		this.connection = connection;
		this.pool = pool;
		this.route = route;
		this.transaction = transaction;
		this.told = told;
	}

	Connection connection() {
		return this.connection;
	}

	RoutedPool pool() {
		return this.pool;
	}

	Route route() {
		return this.route;
	}

	@Nullable TransactionRoute transaction() {
		return this.transaction;
	}

	boolean told() {
		return this.told;
	}

}
