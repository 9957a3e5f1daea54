package io.uno.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.zonky.test.db.postgres.util.LinuxUtils;

import org.springframework.util.FileSystemUtils;

/**
 * Data directory of one server, and the server that is known to run on it. A process
 * counts as that server only when the directory's own {@code postmaster.pid} proves it.
 */
final class DataDirectory {

	private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

	private static final String STOP_SECONDS = "10";

	private final Path path;

	DataDirectory(Path path) {
		this.path = path;
	}

	Path path() {
		return this.path;
	}

	Path file(String name) {
		return this.path.resolve(name);
	}

	boolean isInitialized() {
		return Files.exists(file("PG_VERSION"));
	}

	/**
	 * Find the server that runs on this directory.
	 * @return the process of the server, or empty when none runs
	 */
	Optional<ProcessHandle> server() {
		List<String> lines = lines("postmaster.pid");
		if (lines.size() < 3 || !isThisDirectory(lines.get(1))) {
			return Optional.empty();
		}
		Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
		return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
			.filter(ProcessHandle::isAlive)
			.filter((process) -> startedAt(process, started));
	}

	/**
	 * Stop the server that runs on this directory, if one does.
	 */
	void stopServer() {
		if (server().isPresent()) {
			pgCtl("stop", "-m", "fast", "-w", "-t", STOP_SECONDS);
		}
		if (server().isPresent()) {
			String output = pgCtl("stop", "-m", "immediate", "-w", "-t", STOP_SECONDS);
			server().ifPresent((process) -> {
				throw new EmbeddedPostgresException("The PostgreSQL server with process id %d on '%s' does not stop: %s"
					.formatted(process.pid(), this.path, output));
			});
		}
	}

	void delete() {
		try {
			FileSystemUtils.deleteRecursively(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete the data directory '%s'".formatted(this.path), ex);
		}
	}

	private boolean isThisDirectory(String directory) {
		try {
			return Files.isSameFile(this.path, Path.of(directory.strip()));
		}
		catch (IOException ex) {
			return false;
		}
	}

	// a process id alone may have been given to another process since
	private boolean startedAt(ProcessHandle process, Instant started) {
		return process.info()
			.startInstant()
			.map((instant) -> Duration.between(instant, started).abs().compareTo(START_TOLERANCE) <= 0)
			.orElse(false);
	}

	private String pgCtl(String... arguments) {
		List<String> command = new ArrayList<>(pgCtl());
		command.add("-D");
		command.add(this.path.toString());
		command.addAll(List.of(arguments));
		return Commands.run(command);
	}

	/**
	 * Return the command that controls the server, as the owner of the directory may call
	 * it: PostgreSQL refuses to run as root, so that root leaves its user namespace.
	 * @return the words of the command
	 */
	List<String> pgCtl() {
		Path pgCtl = Path.of(program()).resolveSibling(program().endsWith(".exe") ? "pg_ctl.exe" : "pg_ctl");
		return LinuxUtils.isUnshareAvailable() ? List.of("unshare", "-U", pgCtl.toString()) : List.of(pgCtl.toString());
	}

	private String program() {
		List<String> lines = lines("postmaster.opts");
		if (lines.isEmpty()) {
			throw new EmbeddedPostgresException(
					"'%s' does not tell which program runs on it".formatted(file("postmaster.opts")));
		}
		return lines.get(0).split(" \"", 2)[0];
	}

	private List<String> lines(String file) {
		try {
			return Files.readAllLines(file(file), StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read '%s'".formatted(file(file)), ex);
		}
	}

}
