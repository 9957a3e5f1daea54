package io.uno.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.uno.datasource.Node;
import org.jspecify.annotations.Nullable;

/**
 * Which node of each database a scope has read from last, so that its reads never go back
 * in time.
 */
final class LastReplicas {

	private final Map<String, Node> nodes = new ConcurrentHashMap<>(2);

	@Nullable Node of(String database) {
		return this.nodes.get(database);
	}

	void readFrom(Node node) {
		if (this.nodes.get(node.database()) != node) {
			this.nodes.put(node.database(), node);
		}
	}

}
