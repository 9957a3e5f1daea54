package io.uno.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.MonitorSettings;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.RoutingDataSource;
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
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * What JMH measures: borrowing a connection, its first statement, and closing both.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class FirstStatement {

	/**
	 * Name of the way that is measured.
	 */
	@Param({ "HIKARI", "LAZY", "UNO" })
	Way way;

	/**
	 * Where the server is.
	 */
	@Param("")
	String url;

	/**
	 * Role that connects; its password is in the file that pgjdbc was told.
	 */
	@Param("")
	String username;

	private HikariDataSource main;

	private HikariDataSource replica;

	private DataSource dataSource;

	/**
	 * Opens the pools.
	 */
	@Setup
	public void open() {
		// without Boot everything is logged, down to each route
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		this.main = pool();
		this.replica = pool();
		this.dataSource = switch (this.way) {
			case HIKARI -> this.main;
			case LAZY -> lazy();
			case UNO -> routing();
		};
	}

	private HikariDataSource pool() {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.url);
		config.setUsername(this.username);
		config.setMaximumPoolSize(2);
		return new HikariDataSource(config);
	}

	private DataSource lazy() {
		LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy(this.main);
		lazy.setReadOnlyDataSource(this.replica);
		return lazy;
	}

	private DataSource routing() {
		Node mainNode = Node.main("default");
		Node replicaNode = Node.replica("default", "replica", 1);
		Databases databases = new Databases(
				List.of(new Database("default", mainNode, List.of(replicaNode), List.of(), List.of())), "default");
		NodeMonitor monitor = new NodeMonitor(databases, (node) -> this.replica, (database) -> MonitorSettings.DEFAULTS,
				List.of());
		return new RoutingDataSource(databases, new DatabaseClaims(databases), monitor,
				(node) -> node.equals(mainNode) ? this.main : this.replica, List.of());
	}

	/**
	 * Closes the pools.
	 */
	@TearDown
	public void close() {
		this.main.close();
		this.replica.close();
	}

	/**
	 * Prepares the statement only, which costs no round trip.
	 * @return the statement
	 * @throws SQLException never
	 */
	@Benchmark
	public PreparedStatement prepared() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement("select 1")) {
			return statement;
		}
	}

	/**
	 * Executes the statement too.
	 * @return what the server says
	 * @throws SQLException never
	 */
	@Benchmark
	public int executed() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement("select 1");
				ResultSet result = statement.executeQuery()) {
			result.next();
			return result.getInt(1);
		}
	}

	/**
	 * The ways to get a connection.
	 */
	public enum Way {

		/**
		 * Straight from the pool.
		 */
		HIKARI("HikariCP alone"),

		/**
		 * Through Spring's proxy, with a second pool for what is read-only.
		 */
		LAZY("Spring's LazyConnectionDataSourceProxy"),

		/**
		 * Through uno's routed connection, with a replica.
		 */
		UNO("uno's RoutingDataSource");

		private final String words;

		Way(String words) {
			this.words = words;
		}

		@Override
		public String toString() {
			return this.words;
		}

	}

}
