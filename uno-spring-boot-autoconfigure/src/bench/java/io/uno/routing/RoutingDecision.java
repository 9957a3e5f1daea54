package io.uno.routing;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.MonitorSettings;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import org.jspecify.annotations.Nullable;
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
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What JMH measures: choosing the database, the node and the reason for a read. One
 * connection that is always there serves as every node, so that nothing of a pool is
 * measured too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class RoutingDecision {

	/**
	 * Where the server is.
	 */
	@Param("")
	String url;

	/**
	 * Role that connects; its password is in the file that pgjdbc was told of.
	 */
	@Param("")
	String username;

	private HikariDataSource pool;

	private SingleConnectionDataSource connection;

	private RoutingDataSource router;

	/**
	 * Opens the connection.
	 * @throws SQLException if that is impossible
	 */
	@Setup
	public void open() throws SQLException {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.url);
		config.setUsername(this.username);
		config.setMaximumPoolSize(1);
		this.pool = new HikariDataSource(config);
		this.connection = new SingleConnectionDataSource(this.pool.getConnection(), true);
		this.router = router();
	}

	/**
	 * Two replicas, of which one gets two reads in three.
	 */
	private RoutingDataSource router() {
		List<Node> replicas = List.of(Node.replica("default", "east", 1), Node.replica("default", "west", 2));
		Databases databases = new Databases(
				List.of(new Database("default", Node.main("default"), replicas, List.of(), List.of())), "default");
		NodeMonitor monitor = new NodeMonitor(databases, (node) -> this.connection,
				(database) -> MonitorSettings.DEFAULTS, List.of());
		return new RoutingDataSource(databases, new DatabaseClaims(databases), monitor, (node) -> this.connection,
				RoutingSettings.defaults());
	}

	/**
	 * Makes sure that replicas were chosen, and closes the connection.
	 * @throws SQLException if there is no node
	 */
	@TearDown
	public void close() throws SQLException {
		Route last = read();
		this.connection.destroy();
		this.pool.close();
		if (last == null || !last.node().replica()) {
			throw new IllegalStateException("Reads went to %s; nothing was measured".formatted(last));
		}
	}

	/**
	 * Chooses.
	 * @return the choice
	 * @throws SQLException if there is no node
	 */
	@Benchmark
	public @Nullable Route read() throws SQLException {
		ThreadRoutes thread = this.router.currentThread();
		return this.router.choose(thread, this.router.currentDatabase(thread, Access.READ), Access.READ, null);
	}

}
