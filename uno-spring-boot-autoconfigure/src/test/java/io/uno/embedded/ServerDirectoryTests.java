package io.uno.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerDirectory}.
 */
@DisabledOnOs(OS.WINDOWS)
class ServerDirectoryTests {

	@TempDir
	private Path parent;

	@Test
	void onlyTheOwnerReadsADirectoryThatWasThereBefore() throws IOException {
		Path path = Files.createDirectory(this.parent.resolve("atlas"));
		Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
		try (ServerDirectory directory = ServerDirectory.persistent(path)) {
			assertThat(permissions(path)).isEqualTo("rwx------");
			assertThat(permissions(directory.superuserPassword())).isEqualTo("rw-------");
		}
	}

	@Test
	void onlyTheOwnerReadsANewDirectory() throws IOException {
		Path path = this.parent.resolve("new/atlas");
		try (ServerDirectory directory = ServerDirectory.persistent(path)) {
			assertThat(permissions(path)).isEqualTo("rwx------");
			assertThat(directory.superuserPassword()).isNotEmptyFile();
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
