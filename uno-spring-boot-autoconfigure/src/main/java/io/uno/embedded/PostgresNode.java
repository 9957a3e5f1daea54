package io.uno.embedded;

import javax.sql.DataSource;

/**
 * One server of a {@link PostgresCluster}, with the faults that a test can bring about.
 * Its address stays the same for the life of the cluster, also across a stop and a start.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public sealed class PostgresNode permits PostgresReplica {

	private final String name;

	private final PostgresCluster cluster;

	private final PostgresServers servers;

	private final PostgresServer server;

	PostgresNode(String name, PostgresCluster cluster, PostgresServers servers, PostgresServer server) {
		this.name = name;
		this.cluster = cluster;
		this.servers = servers;
		this.server = server;
	}

	/**
	 * Return the name of this node.
	 * @return {@code main}, or the name of the replica
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the port on {@code 127.0.0.1} that clients connect to.
	 * @return the port; with relays not the one that the server itself knows
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return the port that the server itself reports, as {@code inet_server_port()}.
	 * Changes when the server is started again behind a relay.
	 * @return the port that the server listens on
	 */
	public int serverPort() {
		return this.server.serverPort();
	}

	/**
	 * Return the JDBC url of the cluster's database on this node.
	 * @return the url, without user and password
	 */
	public String jdbcUrl() {
		return "jdbc:postgresql://%s:%d/%s".formatted(PostgresServer.HOST, port(), this.cluster.database());
	}

	/**
	 * Return the ordinary role that owns the database.
	 * @return the user to connect as
	 */
	public String username() {
		return this.cluster.username();
	}

	/**
	 * Return the password of that role.
	 * @return a password that was made up when the cluster started
	 */
	public String password() {
		return this.cluster.password();
	}

	/**
	 * Return a data source without a pool that connects as {@link #username()}.
	 * @return a new data source
	 */
	public DataSource dataSource() {
		return PostgresServer.dataSource(port(), this.cluster.database(), username(), password());
	}

	/**
	 * Return a data source without a pool that connects to the cluster's database as the
	 * superuser and past the relay: for what a test has to prepare or to look up, never
	 * for what the application does.
	 * @return a new data source
	 */
	public DataSource superuserDataSource() {
		return this.server.superuserDataSource(this.cluster.database());
	}

	/**
	 * Return whether the server runs.
	 * @return {@code false} after {@link #stop()}
	 */
	public boolean isRunning() {
		return this.server.isRunning();
	}

	/**
	 * Cut this node off: its connections are reset, new ones too, and so is replication
	 * from or to it.
	 * @throws EmbeddedPostgresException when the cluster has no relays
	 */
	public void cut() {
		this.servers.connect(this.server, Relay.State.CUT);
	}

	/**
	 * Let everything sent to and from this node disappear, as a broken network does:
	 * connections stay open, nothing passes, replication stands still. What was sent
	 * arrives after {@link #restore()}.
	 * @throws EmbeddedPostgresException when the cluster has no relays
	 */
	public void blackHole() {
		this.servers.connect(this.server, Relay.State.BLACK_HOLE);
	}

	/**
	 * Undo {@link #cut()} and {@link #blackHole()}.
	 * @throws EmbeddedPostgresException when the cluster has no relays
	 */
	public void restore() {
		this.servers.connect(this.server, Relay.State.OPEN);
	}

	/**
	 * Stop the server; does nothing when it is stopped.
	 */
	public void stop() {
		this.servers.stop(this.server);
	}

	/**
	 * Start the server again at the same address; does nothing when it runs.
	 */
	public void start() {
		this.servers.start(this.server);
	}

	@Override
	public String toString() {
		return "%s.%s (127.0.0.1:%d)".formatted(this.cluster.name(), this.name, port());
	}

	PostgresServers servers() {
		return this.servers;
	}

	PostgresServer server() {
		return this.server;
	}

}
