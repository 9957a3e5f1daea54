package io.uno.session.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import io.uno.embedded.PostgresCluster;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * PgBouncer in transaction mode, with one connection to the server, where Debian's
 * package is installed.
 */
final class PgBouncer implements AutoCloseable {

	private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

	private final Path directory;

	private final int port;

	private final Process process;

	private PgBouncer(Path directory, int port, Process process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	static boolean isInstalled() {
		return Files.isExecutable(PROGRAM);
	}

	static PgBouncer start(PostgresCluster cluster) throws IOException {
		Path directory = Files.createTempDirectory("uno-pgbouncer");
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		int port = freePort();
		Path configuration = directory.resolve("pgbouncer.ini");
		Files.writeString(configuration, """
				[databases]
				%1$s = host=127.0.0.1 port=%2$d dbname=%1$s user=%3$s password=%4$s
				[pgbouncer]
				listen_addr = 127.0.0.1
				listen_port = %5$d
				unix_socket_dir =
				auth_type = any
				pool_mode = transaction
				default_pool_size = 1
				ignore_startup_parameters = extra_float_digits
				""".formatted(cluster.database(), cluster.primary().port(), cluster.username(), cluster.password(),
				port));
		ProcessBuilder builder = isRoot()
				? new ProcessBuilder(PROGRAM.toString(), "-u", "nobody", configuration.toString())
				: new ProcessBuilder(PROGRAM.toString(), configuration.toString());
		Process process = builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
		PgBouncer bouncer = new PgBouncer(directory, port, process);
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(bouncer::listens);
		return bouncer;
	}

	private static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private boolean listens() throws IOException {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("PgBouncer has ended: " + Files.readString(this.directory.resolve("log")));
		}
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	String url(PostgresCluster cluster) {
		return "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(this.port, cluster.database());
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().join();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
