package io.uno.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A shell that waits for the end of this JVM and then stops its servers, also when the
 * JVM was killed. It reads from a pipe that the operating system closes with the JVM.
 * Where there is no shell, the next start of a JVM clears away what was left.
 */
final class Watchdog implements AutoCloseable {

	// a line on the pipe is an orderly goodbye; another owner of the directory ends the
	// duty
	private static final String SCRIPT = """
			trap '' INT HUP
			directory=$1 lock=$2 owner=$3 temporary=$4
			shift 4
			if read -r line; then exit 0; fi
			for pid in "$directory"/*/postmaster.pid; do
				[ "$(cat "$lock")" = "$owner" ] || exit 0
				[ -f "$pid" ] || continue
				[ "$temporary" = true ] || "$@" -D "${pid%/postmaster.pid}" -m fast -t 10 -w stop
				[ ! -f "$pid" ] || "$@" -D "${pid%/postmaster.pid}" -m immediate -t 10 -w stop
			done
			[ "$temporary" = true ] && [ "$(cat "$lock")" = "$owner" ] && rm -rf "$directory" "$lock"
			""";

	private final Process shell;

	private Watchdog(Process shell) {
		this.shell = shell;
	}

	/**
	 * Start to watch over the servers of a directory.
	 * @param directory the directory
	 * @param pgCtl the command that controls its servers
	 * @return the watchdog, or {@code null} when there is no shell on this platform
	 */
	static @Nullable Watchdog start(ServerDirectory directory, List<String> pgCtl) {
		if (File.separatorChar != '/') {
			return null;
		}
		List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "uno-embedded-watchdog",
				directory.path().toString(), directory.lockFile().toString(), ServerDirectory.owner(),
				Boolean.toString(directory.isTemporary())));
		command.addAll(pgCtl);
		try {
			return new Watchdog(new ProcessBuilder(command).directory(Path.of("/").toFile())
				.redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD)
				.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot start the shell that stops the servers with this JVM", ex);
		}
	}

	@Override
	public void close() {
		try {
			this.shell.getOutputStream().write("closed\n".getBytes(StandardCharsets.US_ASCII));
			this.shell.getOutputStream().close();
		}
		catch (IOException ex) {
			// it has ended before, and stops nothing any more
		}
	}

}
