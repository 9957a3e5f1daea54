package io.uno.routing;

import io.uno.datasource.Node;

/**
 * The choice of a node for a transaction or a single statement. Immutable.
 *
 * @param node the chosen node
 * @param access what the operation needs
 * @param reason why it is this node
 * @param databaseReason why it is a node of this database
 * @since 0.1.0
 */
public record Route(Node node, Access access, RouteReason reason, DatabaseReason databaseReason) {

	/**
	 * Name of the database that the node serves.
	 * @return the database's name
	 */
	public String database() {
		return this.node.database();
	}

	@Override
	public String toString() {
		return "%s (%s, %s; %s)".formatted(this.node, this.access, this.reason, this.databaseReason);
	}

}
