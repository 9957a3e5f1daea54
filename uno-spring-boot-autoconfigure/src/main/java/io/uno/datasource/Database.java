package io.uno.datasource;

import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * A logical database: one node with its own url and any number of replicas. Immutable.
 *
 * @param name its name, as in {@code uno.databases.<name>}
 * @param main node that the database's own url leads to
 * @param replicas its replicas, in the order of their declaration
 * @param packages packages whose entities and repositories, also those below it, belong
 * to this database
 * @param roles database roles that a transaction may act as, in the order of their
 * declaration
 * @since 0.1.0
 */
public record Database(String name, Node main, List<Node> replicas, List<String> packages, List<String> roles) {

	public Database {
		Assert.hasText(name, "'name' must not be empty");
		replicas = List.copyOf(replicas);
		packages = List.copyOf(packages);
		roles = List.copyOf(roles);
	}

	/**
	 * All nodes of this database, {@code main} first.
	 * @return the nodes, never empty
	 */
	public List<Node> nodes() {
		List<Node> nodes = new ArrayList<>();
		nodes.add(this.main);
		nodes.addAll(this.replicas);
		return List.copyOf(nodes);
	}

}
