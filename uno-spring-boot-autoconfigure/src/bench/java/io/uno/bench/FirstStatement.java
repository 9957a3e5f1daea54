package io.uno.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * What JMH measures: a read-only transaction with one statement.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class FirstStatement {

	/**
	 * The way that is measured.
	 */
	@Param("HIKARI")
	Way way;

	/**
	 * Where the primary is.
	 */
	@Param("")
	String primary;

	/**
	 * Where its replica is.
	 */
	@Param("")
	String replica;

	/**
	 * Role that connects; its password is in the file that pgjdbc was told of.
	 */
	@Param("")
	String username;

	private ReadPath path;

	/**
	 * Opens the pools, and waits until reads are answered by the replica.
	 * @throws Exception if that is impossible
	 */
	@Setup
	public void open() throws Exception {
		// without Boot everything is logged, down to each route
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		this.path = this.way.open(new ReadPeers(new ReplicatedServers(this.primary, this.replica, this.username)));
		Awaitility.await("an answer of the replica").until(this::isAnsweredByReplica);
	}

	/**
	 * Makes sure that the replica still answers, and closes the pools.
	 * @throws Exception if that is impossible
	 */
	@TearDown
	public void close() throws Exception {
		ReadPath used = this.path;
		try (used) {
			if (!isAnsweredByReplica()) {
				throw new IllegalStateException("'%s' has left the replica; it was not measured".formatted(this.way));
			}
		}
	}

	private boolean isAnsweredByReplica() {
		return this.path.read((connection) -> {
			try (PreparedStatement statement = connection.prepareStatement("select pg_is_in_recovery()");
					ResultSet result = statement.executeQuery()) {
				return result.next() && result.getBoolean(1);
			}
		});
	}

	/**
	 * Prepares the statement only, which costs no round trip.
	 * @return the statement
	 */
	@Benchmark
	public PreparedStatement prepared() {
		return this.path.read(FirstStatement::prepare);
	}

	private static PreparedStatement prepare(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("select 1")) {
			return statement;
		}
	}

	/**
	 * Executes the statement too.
	 * @return what the server says
	 */
	@Benchmark
	public Integer executed() {
		return this.path.read(FirstStatement::execute);
	}

	private static Integer execute(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("select 1");
				ResultSet result = statement.executeQuery()) {
			result.next();
			return result.getInt(1);
		}
	}

	/**
	 * The ways to read from a replica.
	 */
	public enum Way {

		/**
		 * Straight from the pool of the replica.
		 */
		HIKARI("HikariCP alone", ReadPeers::hikari),

		/**
		 * Through Spring's proxy, whose target goes by the transaction.
		 */
		SPRING("Spring's LazyConnectionDataSourceProxy over AbstractRoutingDataSource", ReadPeers::spring),

		/**
		 * Through dynamic-datasource, told to take the group of the readers.
		 */
		DYNAMIC_DATASOURCE("dynamic-datasource", ReadPeers::dynamicDataSource),

		/**
		 * Through AWS's wrapper with its simple read/write splitting.
		 */
		AWS("AWS Advanced JDBC Wrapper", ReadPeers::aws),

		/**
		 * Through ShardingSphere-JDBC with its read/write splitting.
		 */
		SHARDING_SPHERE("ShardingSphere-JDBC", ReadPeers::shardingSphere),

		/**
		 * Through uno.
		 */
		UNO("uno", ReadPeers::uno),

		/**
		 * Through uno after a write that not every replica has.
		 */
		UNO_PENDING("uno with a pending position", ReadPeers::unoWithPendingPosition);

		private final String words;

		private final Opening opening;

		Way(String words, Opening opening) {
			this.words = words;
			this.opening = opening;
		}

		ReadPath open(ReadPeers peers) throws Exception {
			return this.opening.open(peers);
		}

		@Override
		public String toString() {
			return this.words;
		}

		/**
		 * Opens the pools of a way.
		 */
		@FunctionalInterface
		private interface Opening {

			ReadPath open(ReadPeers peers) throws Exception;

		}

	}

}
