package io.uno.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One server process, its data directory and the relay in front of it. Not thread-safe:
 * {@link PostgresServers} lets one thread in at a time.
 */
final class PostgresServer {

	static final String SUPERUSER = "postgres";

	static final String HOST = "127.0.0.1";

	private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

	private static final int LOG_LINES = 20;

	// nothing but loopback and passwords, also for replication
	private static final String ACCESS = """
			host all all 127.0.0.1/32 scram-sha-256
			host replication all 127.0.0.1/32 scram-sha-256
			""";

	private final String name;

	private final DataDirectory data;

	private final Path superuserPassword;

	private final Map<String, String> settings;

	private final @Nullable Relay relay;

	private @Nullable EmbeddedPostgres process;

	private int port;

	PostgresServer(String name, DataDirectory data, Path superuserPassword, Map<String, String> settings,
			@Nullable Relay relay) {
		this.name = name;
		this.data = data;
		this.superuserPassword = superuserPassword;
		this.settings = settings;
		this.relay = relay;
	}

	String name() {
		return this.name;
	}

	DataDirectory data() {
		return this.data;
	}

	boolean isRunning() {
		return this.process != null;
	}

	/**
	 * Return the port that the server itself listens on.
	 * @return the port behind the relay
	 */
	int serverPort() {
		return this.port;
	}

	/**
	 * Return the port that clients connect to.
	 * @return the port of the relay, or that of the server when it has none
	 */
	int port() {
		return (this.relay != null) ? this.relay.port() : this.port;
	}

	Relay relay() {
		if (this.relay == null) {
			throw new EmbeddedPostgresException(("The PostgreSQL server '%s' cannot be cut off, as no relay stands in "
					+ "front of it; start the cluster with relays, or use @EmbeddedPostgres on the test")
				.formatted(this.name));
		}
		return this.relay;
	}

	void start() {
		if (this.process != null) {
			return;
		}
		try {
			this.process = builder().start();
			this.port = this.process.getPort();
			if (this.relay != null) {
				this.relay.target(this.port);
			}
		}
		catch (IOException | IllegalStateException ex) {
			// a server that is merely slow must not be left behind
			this.data.stopServer();
			throw new EmbeddedPostgresException("Cannot start the PostgreSQL server '%s' on '%s': %s"
				.formatted(this.name, this.data.path(), lastLogLines()), ex);
		}
	}

	void stop() {
		EmbeddedPostgres running = this.process;
		if (running == null) {
			return;
		}
		this.process = null;
		try {
			running.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot stop the PostgreSQL server '%s'".formatted(this.name), ex);
		}
		finally {
			this.data.stopServer();
		}
	}

	void close() {
		if (this.relay != null) {
			this.relay.close();
		}
		stop();
	}

	/**
	 * Connect as the superuser, past the relay.
	 * @return statements on the database {@code postgres}
	 */
	JdbcTemplate superuser() {
		return new JdbcTemplate(superuserDataSource(SUPERUSER));
	}

	DataSource superuserDataSource(String database) {
		return dataSource(this.port, database, SUPERUSER, password());
	}

	String password() {
		try {
			return Files.readString(this.superuserPassword);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read '%s'".formatted(this.superuserPassword), ex);
		}
	}

	static DataSource dataSource(int port, String database, String user, String password) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setServerNames(new String[] { HOST });
		dataSource.setPortNumbers(new int[] { port });
		dataSource.setDatabaseName(database);
		dataSource.setUser(user);
		dataSource.setPassword(password);
		return dataSource;
	}

	private EmbeddedPostgres.Builder builder() {
		Redirect log = Redirect.appendTo(logFile().toFile());
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setPort(this.port)
			.setDataDirectory(this.data.path())
			.setCleanDataDirectory(false)
			.setRegisterShutdownHook(false)
			.setPgBinaryResolver(PostgresBinaries.INSTANCE)
			.setPGStartupWait(START_TIMEOUT)
			.setOutputRedirector(log)
			.setErrorRedirector(log)
			.setDataDirectoryCustomizer(this::restrictAccess)
			.setConnectConfig("password", password());
		locale().forEach(builder::setLocaleConfig);
		this.settings.forEach(builder::setServerConfig);
		return builder.setServerConfig("cluster_name", this.name);
	}

	// the launcher passes these on to initdb; its own -A trust lasts until the server
	// starts
	private Map<String, String> locale() {
		boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
		return Map.of("pwfile", this.superuserPassword.toString(), "locale-provider", "builtin", "builtin-locale",
				"C.UTF-8", "locale", linux ? "C.UTF-8" : "C");
	}

	private void restrictAccess(File directory) {
		try {
			Files.writeString(directory.toPath().resolve("pg_hba.conf"), ACCESS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write the access rules of '%s'".formatted(this.name), ex);
		}
	}

	private Path logFile() {
		return this.data.path().resolveSibling(this.data.path().getFileName() + ".log");
	}

	private String lastLogLines() {
		try {
			List<String> lines = Files.readAllLines(logFile(), StandardCharsets.UTF_8);
			return String.join(System.lineSeparator(),
					lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
		}
		catch (IOException ex) {
			return "it has written no log";
		}
	}

}
