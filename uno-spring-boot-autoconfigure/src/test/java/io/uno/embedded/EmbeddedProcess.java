package io.uno.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The program of the JVM that {@link JvmEndTests} ends: a cluster with one replica, which
 * lives until the standard input ends.
 */
final class EmbeddedProcess {

	private EmbeddedProcess() {
	}

	public static void main(String[] arguments) throws IOException {
		Path directory = (arguments.length > 0) ? Path.of(arguments[0]) : null;
		PostgresCluster cluster = start(directory);
		String servers = ServerProcesses.of(cluster)
			.stream()
			.map((server) -> Long.toString(server.pid()))
			.collect(Collectors.joining(","));
		String shells = ProcessHandle.current()
			.children()
			.filter((child) -> child.info().command().orElse("").endsWith("sh"))
			.map((child) -> Long.toString(child.pid()))
			.collect(Collectors.joining(","));
		System.out.println(String.join(" ", "READY", cluster.primary().jdbcUrl(), cluster.username(),
				cluster.password(), servers, shells));
		System.in.read();
	}

	private static PostgresCluster start(@Nullable Path directory) {
		return PostgresCluster.builder().name("atlas").replicas(1).dataDirectory(directory).start();
	}

}
