package io.uno.embedded;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The servers that the tests of this JVM share. They are started when first asked for,
 * get further replicas when a test wants more, and end with the JVM.
 */
final class SharedServers {

	private static final Log logger = LogFactory.getLog(SharedServers.class);

	// the contexts that Spring's cache keeps hold their pools open
	private static final int MAX_CONNECTIONS = 500;

	private static final Map<Integer, PostgresServers> SERVERS = new TreeMap<>();

	private SharedServers() {
	}

	static synchronized PostgresServers get(int index, int replicas) {
		PostgresServers servers = SERVERS.computeIfAbsent(index, (i) -> start());
		for (int count = servers.replicas().size() + 1; count <= replicas; count++) {
			servers.addReplica("replica-" + count, "replica-" + count);
		}
		return servers;
	}

	private static PostgresServers start() {
		ServerDirectory directory = ServerDirectory.temporary();
		logger.warn("Embedded PostgreSQL of the tests keeps its data in '%s' until this JVM ends"
			.formatted(directory.path()));
		PostgresServers servers = PostgresServers.start(directory, "", true, MAX_CONNECTIONS, List.of());
		Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "uno-embedded-shared-close"));
		return servers;
	}

}
