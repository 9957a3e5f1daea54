package io.uno.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * Directory of one set of servers, owned by this JVM for as long as it lives. The proof
 * of ownership is a file lock, which the operating system releases however the JVM ends:
 * whoever gets the lock of a directory may stop the servers that were left behind.
 */
final class ServerDirectory implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ServerDirectory.class);

	private static final String LOCK_SUFFIX = ".lock";

	// a second lock on a file would lose the first one, even when it is refused
	private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final Path lockFile;

	private final FileChannel lock;

	private final boolean temporary;

	private ServerDirectory(Path path, Path lockFile, FileChannel lock, boolean temporary) {
		this.path = path;
		this.lockFile = lockFile;
		this.lock = lock;
		this.temporary = temporary;
	}

	/**
	 * Create a directory that lives as long as its servers, and clear away those that
	 * ended JVMs have left.
	 * @return a new directory
	 */
	static ServerDirectory temporary() {
		try {
			Path root = createPrivate(root());
			sweep(root);
			String name = owner() + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
			// locked before it can be seen, as else another JVM would clear it away
			ServerDirectory directory = lock(root.resolve(name), root.resolve(name + LOCK_SUFFIX), true,
					StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			createPrivate(directory.path);
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create a directory for embedded PostgreSQL servers", ex);
		}
	}

	/**
	 * Take over a directory that stays, with the data that is in it.
	 * @param path the directory
	 * @return the directory, without any running server
	 */
	static ServerDirectory persistent(Path path) {
		try {
			createPrivate(path);
			ServerDirectory directory = lock(path.toRealPath(), path.toRealPath().resolve("uno" + LOCK_SUFFIX), false,
					StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			directory.stopServers();
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot use the data directory '%s'".formatted(path), ex);
		}
	}

	Path path() {
		return this.path;
	}

	Path lockFile() {
		return this.lockFile;
	}

	boolean isTemporary() {
		return this.temporary;
	}

	DataDirectory data(String server) {
		return new DataDirectory(this.path.resolve(server));
	}

	/**
	 * Return the password of the superuser of these servers. It never leaves this
	 * directory, which only its owner can read.
	 * @return the file with the password
	 */
	Path superuserPassword() {
		Path file = this.path.resolve("superuser");
		try {
			if (!Files.exists(file)) {
				Files.createFile(file, permissions(file, "rw-------"));
				Files.writeString(file, randomPassword());
			}
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write '%s'".formatted(file), ex);
		}
	}

	static String randomPassword() {
		byte[] bytes = new byte[24];
		new SecureRandom().nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	@Override
	public void close() {
		try {
			if (this.temporary) {
				FileSystemUtils.deleteRecursively(this.path);
				Files.deleteIfExists(this.lockFile);
			}
			this.lock.close();
			OWNED.remove(this.lockFile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot give up '%s'".formatted(this.path), ex);
		}
	}

	private void stopServers() throws IOException {
		try (DirectoryStream<Path> children = Files.newDirectoryStream(this.path, Files::isDirectory)) {
			for (Path child : children) {
				new DataDirectory(child).stopServer();
			}
		}
	}

	private static void sweep(Path root) throws IOException {
		try (DirectoryStream<Path> children = Files.newDirectoryStream(root, Files::isDirectory)) {
			for (Path child : children) {
				if (!child.getFileName().toString().startsWith(owner() + "-")) {
					clear(child, root.resolve(child.getFileName() + LOCK_SUFFIX));
				}
			}
		}
	}

	private static void clear(Path child, Path lockFile) {
		try (ServerDirectory directory = lock(child, lockFile, true, StandardOpenOption.WRITE)) {
			logger.info("Clearing away the PostgreSQL servers that an ended JVM left in '%s'".formatted(child));
			directory.stopServers();
		}
		catch (DirectoryInUseException | NoSuchFileException ex) {
			logger.debug("Left '%s' to its owner".formatted(child), ex);
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("Cannot clear away the PostgreSQL servers in '%s'".formatted(child), ex);
		}
	}

	private static ServerDirectory lock(Path path, Path lockFile, boolean temporary, OpenOption... options)
			throws IOException {
		if (!OWNED.add(lockFile)) {
			throw new DirectoryInUseException(path, ProcessHandle.current().pid() + " (this one)");
		}
		FileChannel channel = null;
		try {
			channel = FileChannel.open(lockFile, Set.of(options));
			if (tryLock(channel) == null) {
				throw new DirectoryInUseException(path, Files.readString(lockFile));
			}
			channel.truncate(0);
			channel.write(ByteBuffer.wrap(owner().getBytes(StandardCharsets.UTF_8)));
			return new ServerDirectory(path, lockFile, channel, temporary);
		}
		catch (IOException | RuntimeException ex) {
			OWNED.remove(lockFile);
			if (channel != null) {
				channel.close();
			}
			throw ex;
		}
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	private static Path root() {
		return Path.of(System.getProperty("java.io.tmpdir"), "uno-embedded-" + System.getProperty("user.name"));
	}

	/**
	 * Name this JVM so that no other one, before or after it, has the same name.
	 * @return process id and start of this JVM
	 */
	static String owner() {
		ProcessHandle current = ProcessHandle.current();
		long started = current.info().startInstant().map((instant) -> instant.toEpochMilli()).orElse(0L);
		return current.pid() + "-" + started;
	}

	private static Path createPrivate(Path path) throws IOException {
		if (!Files.isDirectory(path)) {
			Files.createDirectories(path, permissions(path, "rwx------"));
		}
		if (isPosix(path)) {
			Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
		}
		return path;
	}

	private static FileAttribute<?>[] permissions(Path path, String permissions) {
		return isPosix(path)
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	/** Another JVM owns the directory. */
	private static final class DirectoryInUseException extends EmbeddedPostgresException {

		private static final long serialVersionUID = 1L;

		DirectoryInUseException(Path path, String owner) {
			super("The data directory '%s' is in use by the process %s; stop it, or set another directory"
				.formatted(path, owner));
		}

	}

}
