package io.uno.routing;

import io.uno.datasource.Node;

/**
 * The choice of a node, made once for a transaction or a single statement. Immutable.
 *
 * @param node node that the statements go to
 * @param access what was asked for
 * @param reason why this node was chosen
 * @since 0.1.0
 */
public record Route(Node node, Access access, RouteReason reason) {

	/**
	 * Name of the database that the node serves.
	 * @return the database's name
	 */
	public String database() {
		return this.node.database();
	}

	@Override
	public String toString() {
		return "%s (%s, %s)".formatted(this.node, this.access, this.reason);
	}

}
