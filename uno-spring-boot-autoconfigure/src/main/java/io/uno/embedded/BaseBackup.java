package io.uno.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Makes a streaming replica out of a running primary, as {@code pg_basebackup} would,
 * which the embedded binaries lack.
 */
final class BaseBackup {

	// what a backup leaves out: state of the running process, and write-ahead log, which
	// the replica streams
	private static final Set<String> FILES_LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "epg-lock",
			"backup_label", "standby.signal");

	private static final Set<String> CONTENTS_LEFT_OUT = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
			"pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

	private final PostgresServer primary;

	BaseBackup(PostgresServer primary) {
		this.primary = primary;
	}

	void copyTo(DataDirectory replica, String connection) throws IOException, SQLException {
		Path target = replica.path();
		Files.writeString(target.resolve("backup_label"), copy(target));
		Files.createFile(target.resolve("standby.signal"));
		Files.writeString(target.resolve("postgresql.auto.conf"), "%nprimary_conninfo = '%s'%n".formatted(connection),
				StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	// start and stop of a backup belong to one session
	private String copy(Path target) throws IOException, SQLException {
		try (Connection connection = this.primary.superuserDataSource(PostgresServer.SUPERUSER).getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_backup_start('uno', true)");
			Files.walkFileTree(this.primary.data().path(), new Copy(this.primary.data().path(), target));
			try (ResultSet result = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
				result.next();
				return result.getString(1);
			}
		}
	}

	/**
	 * Copies a directory whose files come and go meanwhile.
	 */
	private static final class Copy extends SimpleFileVisitor<Path> {

		private final Path source;

		private final Path target;

		Copy(Path source, Path target) {
			this.source = source;
			this.target = target;
		}

		@Override
		public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
			Files.copy(directory, resolve(directory), StandardCopyOption.COPY_ATTRIBUTES);
			return CONTENTS_LEFT_OUT.contains(this.source.relativize(directory).toString())
					? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			if (!FILES_LEFT_OUT.contains(this.source.relativize(file).toString())) {
				try {
					Files.copy(file, resolve(file));
				}
				catch (NoSuchFileException ex) {
					// dropped since the directory was listed; the log says so too
				}
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
			if (ex instanceof NoSuchFileException) {
				return FileVisitResult.CONTINUE;
			}
			throw ex;
		}

		private Path resolve(Path path) {
			return this.target.resolve(this.source.relativize(path));
		}

	}

}
