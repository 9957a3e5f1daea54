package io.uno.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of resources that is source and class path at once.
 */
public final class Resources {

	private final Path root;

	private final Path migrations;

	public Resources(Path root, String location) {
		this.root = root;
		this.migrations = root.resolve(location);
		try {
			Files.createDirectories(this.migrations);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Path root() {
		return this.root;
	}

	public ClassLoader classLoader() {
		try {
			return new URLClassLoader(new URL[] { this.root.toUri().toURL() }, getClass().getClassLoader());
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public Resources with(String file, String sql) {
		try {
			Files.writeString(this.migrations.resolve(file), sql);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String read(String file) {
		try {
			return Files.readString(this.migrations.resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public List<String> files() {
		try (Stream<Path> files = Files.list(this.migrations)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
