package io.uno.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A primary, its streaming replicas and the relays between them. Thread-safe: one change
 * at a time.
 */
final class PostgresServers implements AutoCloseable {

	static final Duration REPLAY_TIMEOUT = Duration.ofSeconds(30);

	static final String REPLICATION_ROLE = "uno_replication";

	private static final long POLL_MILLIS = 5;

	private final ServerDirectory directory;

	private final boolean relayed;

	private final int maxConnections;

	private final PostgresServer primary;

	private final List<PostgresServer> replicas = new ArrayList<>();

	// from a replica to the primary, in the order of the replicas; empty without relays
	private final List<Relay> upstreams = new ArrayList<>();

	private @Nullable Watchdog watchdog;

	private boolean closed;

	private PostgresServers(ServerDirectory directory, String prefix, boolean relayed, int maxConnections) {
		this.directory = directory;
		this.relayed = relayed;
		this.maxConnections = maxConnections;
		this.primary = server(prefix + PostgresCluster.MAIN, directory.data(PostgresCluster.MAIN));
	}

	/**
	 * Start a primary and its replicas; leaves nothing behind when one does not start.
	 * @param directory the directory of the servers, which they own from now on
	 * @param prefix what the names of the servers begin with
	 * @param relayed whether a relay stands in front of each server
	 * @param maxConnections connections that each server accepts
	 * @param replicas the names of the replicas
	 * @return the running servers
	 */
	static PostgresServers start(ServerDirectory directory, String prefix, boolean relayed, int maxConnections,
			List<String> replicas) {
		PostgresServers servers = new PostgresServers(directory, prefix, relayed, maxConnections);
		try {
			servers.startPrimary();
			servers.watchdog = Watchdog.start(directory, servers.primary.data().pgCtl());
			replicas.forEach((replica) -> servers.addReplica(prefix + replica, replica));
			return servers;
		}
		catch (RuntimeException ex) {
			servers.closeAfter(ex);
			throw ex;
		}
	}

	PostgresServer primary() {
		return this.primary;
	}

	synchronized List<PostgresServer> replicas() {
		return List.copyOf(this.replicas);
	}

	ServerDirectory directory() {
		return this.directory;
	}

	synchronized void addReplica(String name, String directoryName) {
		Relay upstream = this.relayed ? new Relay() : null;
		if (upstream != null) {
			upstream.target(this.primary.serverPort());
			this.upstreams.add(upstream);
		}
		PostgresServer replica = server(name, this.directory.data(directoryName));
		this.replicas.add(replica);
		startAsCopy(replica);
	}

	synchronized void start(PostgresServer server) {
		server.start();
		if (server == this.primary) {
			this.upstreams.forEach((upstream) -> upstream.target(server.serverPort()));
		}
	}

	synchronized void stop(PostgresServer server) {
		server.stop();
	}

	/**
	 * Let the connections of a server pass or not, those of replication too.
	 * @param server the server
	 * @param state what happens to its connections
	 */
	synchronized void connect(PostgresServer server, Relay.State state) {
		server.relay().state(state);
		for (int i = 0; i < this.replicas.size(); i++) {
			this.upstreams.get(i).state(worse(this.primary.relay().state(), this.replicas.get(i).relay().state()));
		}
	}

	synchronized void promote(PostgresServer replica) {
		if (isReplica(replica)) {
			replica.superuser().queryForObject("SELECT pg_promote()", Boolean.class);
		}
	}

	/**
	 * Wait until a replica has replayed what its primary has written so far.
	 * @param replica the replica
	 * @param timeout how long to wait
	 * @throws EmbeddedPostgresException when the time is over
	 */
	void awaitReplay(PostgresServer replica, Duration timeout) {
		String position = this.primary.superuser().queryForObject("SELECT pg_current_wal_flush_lsn()", String.class);
		JdbcTemplate superuser = replica.superuser();
		await(() -> isReplayed(superuser, position), timeout,
				() -> new EmbeddedPostgresException(
						"The replica '%s' has not replayed the position %s of its primary within %s; it is at %s"
							.formatted(replica.name(), position, timeout, replayed(superuser))));
	}

	void awaitReplayPaused(PostgresServer replica) {
		JdbcTemplate superuser = replica.superuser();
		await(() -> "paused".equals(superuser.queryForObject("SELECT pg_get_wal_replay_pause_state()", String.class)),
				REPLAY_TIMEOUT, () -> new EmbeddedPostgresException(
						"The replica '%s' does not pause its replay".formatted(replica.name())));
	}

	/**
	 * Undo every fault: each server runs and can be reached, and each replica follows the
	 * primary again.
	 */
	synchronized void heal() {
		start(this.primary);
		if (this.relayed) {
			connect(this.primary, Relay.State.OPEN);
		}
		this.replicas.forEach(this::heal);
		this.replicas.forEach((replica) -> awaitReplay(replica, REPLAY_TIMEOUT));
	}

	/**
	 * Undo every fault and drop a database; does nothing when the servers have been
	 * closed, as at the end of the JVM.
	 * @param database what to drop
	 */
	synchronized void release(OwnedDatabase database) {
		if (!this.closed) {
			heal();
			database.drop(this);
		}
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.upstreams.forEach(Relay::close);
		List<PostgresServer> servers = new ArrayList<>(this.replicas);
		servers.add(this.primary);
		RuntimeException failure = null;
		for (PostgresServer server : servers) {
			failure = attempt(server::close, failure);
		}
		failure = attempt(this::closeDirectory, failure);
		if (failure != null) {
			throw failure;
		}
	}

	private void closeDirectory() {
		if (this.watchdog != null) {
			this.watchdog.close();
		}
		this.directory.close();
	}

	private void startPrimary() {
		this.primary.start();
		JdbcTemplate superuser = this.primary.superuser();
		Boolean missing = superuser.queryForObject("SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ?)",
				Boolean.class, REPLICATION_ROLE);
		if (Objects.equals(missing, Boolean.TRUE)) {
			Statements.execute(superuser, "CREATE ROLE %I LOGIN REPLICATION PASSWORD %L", REPLICATION_ROLE,
					this.primary.password());
		}
	}

	private void heal(PostgresServer replica) {
		if (this.relayed) {
			connect(replica, Relay.State.OPEN);
		}
		start(replica);
		if (isReplica(replica)) {
			replica.superuser().execute("SELECT pg_wal_replay_resume()");
		}
		else {
			replica.stop();
			startAsCopy(replica);
		}
	}

	private void startAsCopy(PostgresServer replica) {
		try {
			replica.data().delete();
			new BaseBackup(this.primary).copyTo(replica.data(), primaryConnection(replica));
			replica.start();
		}
		catch (IOException | SQLException ex) {
			throw new EmbeddedPostgresException("Cannot copy the primary to '%s'".formatted(replica.data().path()), ex);
		}
	}

	private String primaryConnection(PostgresServer replica) {
		int port = this.relayed ? this.upstreams.get(this.replicas.indexOf(replica)).port() : this.primary.serverPort();
		return "host=%s port=%d user=%s password=%s".formatted(PostgresServer.HOST, port, REPLICATION_ROLE,
				this.primary.password());
	}

	private PostgresServer server(String name, DataDirectory data) {
		return new PostgresServer(name, data, this.directory.superuserPassword(), settings(),
				this.relayed ? new Relay() : null);
	}

	private Map<String, String> settings() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("listen_addresses", PostgresServer.HOST);
		settings.put("unix_socket_directories", "");
		settings.put("max_connections", Integer.toString(this.maxConnections));
		settings.put("max_wal_senders", "10");
		settings.put("wal_level", "replica");
		settings.put("wal_keep_size", "1GB");
		settings.put("hot_standby_feedback", "on");
		settings.put("wal_retrieve_retry_interval", "100ms");
		// the launcher switches both off; without them data is not safe, and a replica
		// late
		settings.put("synchronous_commit", "on");
		settings.put("fsync", this.directory.isTemporary() ? "off" : "on");
		return Collections.unmodifiableMap(settings);
	}

	private void closeAfter(RuntimeException failure) {
		try {
			close();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	private static boolean isReplica(PostgresServer server) {
		return Objects.equals(server.superuser().queryForObject("SELECT pg_is_in_recovery()", Boolean.class),
				Boolean.TRUE);
	}

	private static boolean isReplayed(JdbcTemplate superuser, @Nullable String position) {
		return Objects.equals(superuser.queryForObject("SELECT coalesce(pg_last_wal_replay_lsn() >= ?::pg_lsn, false)",
				Boolean.class, position), Boolean.TRUE);
	}

	private static @Nullable String replayed(JdbcTemplate superuser) {
		return superuser.queryForObject("SELECT pg_last_wal_replay_lsn()", String.class);
	}

	private static Relay.State worse(Relay.State one, Relay.State other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	private static @Nullable RuntimeException attempt(Runnable action, @Nullable RuntimeException earlier) {
		try {
			action.run();
			return earlier;
		}
		catch (RuntimeException ex) {
			if (earlier != null) {
				ex.addSuppressed(earlier);
			}
			return ex;
		}
	}

	private static void await(BooleanSupplier condition, Duration timeout,
			Supplier<EmbeddedPostgresException> failure) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw failure.get();
			}
			try {
				Thread.sleep(POLL_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new EmbeddedPostgresException("Interrupted while waiting for a replica", ex);
			}
		}
	}

}
