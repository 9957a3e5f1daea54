package io.uno.embedded;

import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of a cluster's servers, for tests that look whether they are gone.
 */
public final class ServerProcesses {

	private ServerProcesses() {
	}

	public static List<ProcessHandle> of(PostgresCluster cluster) {
		return Stream.concat(Stream.of(cluster.primary()), cluster.replicas().stream())
			.map((node) -> node.server().data().server().orElseThrow())
			.toList();
	}

}
