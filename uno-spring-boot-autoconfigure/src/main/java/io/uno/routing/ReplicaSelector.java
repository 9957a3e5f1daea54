package io.uno.routing;

import java.util.List;

import io.uno.datasource.Database;
import io.uno.datasource.Node;

/**
 * Chooses among the replicas that would do for a read. One bean of this type takes the
 * place of {@code uno.reads.balancing}. Called for every read that has a choice, by many
 * threads at once; must not wait.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReplicaSelector {

	/**
	 * Chooses a replica.
	 * @param database the database that is read
	 * @param candidates replicas that are up and fresh enough, at least two, in the order
	 * of their declaration
	 * @return one of them
	 */
	Node select(Database database, List<Node> candidates);

}
