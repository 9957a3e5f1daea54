package io.uno.sample.web;

import java.time.Instant;
import java.util.List;

import io.uno.datasource.Node;
import io.uno.datasource.NodeState;
import io.uno.session.DatabaseFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells of the servers of all databases. {@code /actuator/uno} tells more.
 */
@RestController
@RequestMapping("/api/nodes")
class NodeController {

	private final DatabaseFactory databases;

	NodeController(DatabaseFactory databases) {
		this.databases = databases;
	}

	@GetMapping
	List<NodeView> all() {
		return this.databases.databases()
			.all()
			.stream()
			.flatMap((database) -> database.nodes().stream())
			.map((node) -> NodeView.of(node, this.databases.stateOf(node)))
			.toList();
	}

	/**
	 * A server as clients see it.
	 *
	 * @param node database and name, such as {@code atlas.east}
	 * @param duty what it does at present
	 * @param reachable whether it answered when it was last asked
	 * @param since since when that is so
	 * @param problem why it did not answer, {@code null} if it did
	 * @param lag how far it is behind its primary
	 */
	record NodeView(String node, String duty, boolean reachable, Instant since, @Nullable String problem, String lag) {

		static NodeView of(Node node, NodeState state) {
			return new NodeView(node.id(), state.duty().toString(), state.reachable(), state.since(), state.problem(),
					Lag.of(node, state).toString());
		}

	}

}
