package io.uno.embedded;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("postgres")
class PostgresClusterTests {

	private static PostgresCluster cluster = PostgresCluster.shared(2);

	private final PostgresNode primary = cluster.primary();

	private final PostgresReplica replica = cluster.replica("replica-1");

	private final JdbcTemplate writer = new JdbcTemplate(this.primary.dataSource());

	private final JdbcTemplate reader = new JdbcTemplate(this.replica.dataSource());

	@BeforeAll
	static void createTable() {
		new JdbcTemplate(cluster.primary().dataSource())
			.execute("CREATE TABLE city (id serial PRIMARY KEY, name text)");
	}

	@AfterEach
	void heal() {
		cluster.heal();
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void primaryTakesWritesAndReplicasShowThem() {
		insert("Bern");
		for (PostgresReplica each : cluster.replicas()) {
			each.awaitReplay();
			JdbcTemplate jdbc = new JdbcTemplate(each.dataSource());
			assertThat(count(jdbc, "Bern")).isEqualTo(1);
			assertThat(jdbc.queryForObject("SELECT pg_is_in_recovery()", Boolean.class)).isTrue();
		}
		assertThat(this.writer.queryForObject("SELECT pg_is_in_recovery()", Boolean.class)).isFalse();
	}

	@Test
	void serverIsSetUpAsPromised() {
		assertThat(setting("synchronous_commit")).isEqualTo("on");
		assertThat(setting("server_encoding")).isEqualTo("UTF8");
		assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
		assertThat(setting("wal_level")).isEqualTo("replica");
		assertThat(setting("server_version")).startsWith("18.");
		assertThat(this.writer
			.queryForMap("SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = current_database()"))
			.containsEntry("datlocprovider", "b")
			.containsEntry("datlocale", "C.UTF-8");
	}

	@Test
	void applicationIsAnOrdinaryRoleThatOwnsItsDatabase() {
		assertThat(this.writer.queryForMap("""
				SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
					pg_get_userbyid(datdba) = current_user AS owner
				FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
				""")).containsEntry("rolsuper", false)
			.containsEntry("rolcreaterole", false)
			.containsEntry("rolcreatedb", false)
			.containsEntry("rolreplication", false)
			.containsEntry("rolbypassrls", false)
			.containsEntry("owner", true);
	}

	@Test
	void passwordIsAskedFor() {
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> PostgresServer
				.dataSource(this.primary.port(), cluster.database(), cluster.username(), "guess")
				.getConnection())
			.withMessageContaining("password authentication failed");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> PostgresServer
				.dataSource(this.primary.serverPort(), cluster.database(), "postgres", "postgres")
				.getConnection())
			.withMessageContaining("password authentication failed");
	}

	@Test
	void pausedReplicaFallsBehindUntilItResumes() {
		this.replica.pauseReplay();
		insert("Basel");
		assertThatExceptionOfType(EmbeddedPostgresException.class)
			.isThrownBy(() -> this.replica.awaitReplay(Duration.ofMillis(200)))
			.withMessageMatching("The replica 'replica-1' has not replayed the position \\S+ of its primary "
					+ "within PT0.2S; it is at \\S+");
		assertThat(count(this.reader, "Basel")).isZero();
		this.replica.resumeReplay();
		this.replica.awaitReplay();
		assertThat(count(this.reader, "Basel")).isEqualTo(1);
	}

	@Test
	void cutResetsConnectionsUntilItIsRestored() throws SQLException {
		try (var connection = this.primary.dataSource().getConnection()) {
			assertThat(connection.isValid(5)).isTrue();
			this.primary.cut();
			assertThat(connection.isValid(5)).isFalse();
		}
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.primary.dataSource().getConnection())
			.satisfies((ex) -> assertThat(ex.getSQLState()).startsWith("08"));
		assertThat(count(this.reader, "nowhere")).isZero();
		this.primary.restore();
		insert("Chur");
		this.replica.awaitReplay();
		assertThat(count(this.reader, "Chur")).isEqualTo(1);
	}

	@Test
	void cutReplicaIsNotReplicatedTo() {
		this.replica.cut();
		superuserWrite("Davos");
		assertThatExceptionOfType(EmbeddedPostgresException.class)
			.isThrownBy(() -> this.replica.awaitReplay(Duration.ofMillis(200)));
		cluster.replica("replica-2").awaitReplay();
		this.replica.restore();
		this.replica.awaitReplay();
		assertThat(count(this.reader, "Davos")).isEqualTo(1);
	}

	@Test
	void blackHoleHoldsBackWhatIsSentUntilItIsRestored() throws Exception {
		try (var connection = this.replica.dataSource().getConnection()) {
			this.replica.blackHole();
			assertThat(connection.isValid(1)).isFalse();
		}
		try (var connection = this.primary.dataSource().getConnection(); var statement = connection.createStatement()) {
			this.primary.blackHole();
			var answer = CompletableFuture.supplyAsync(() -> {
				try {
					return statement.executeUpdate("INSERT INTO city (name) VALUES ('Thun')");
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS));
			this.primary.restore();
			assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
		}
	}

	@Test
	void stoppedPrimaryStartsAgainAtTheSameAddress() {
		String url = this.primary.jdbcUrl();
		insert("Olten");
		this.primary.stop();
		assertThat(this.primary.isRunning()).isFalse();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.primary.dataSource().getConnection())
			.satisfies((ex) -> assertThat(ex.getSQLState()).startsWith("08"));
		this.primary.start();
		assertThat(this.primary.jdbcUrl()).isEqualTo(url);
		assertThat(count(this.writer, "Olten")).isEqualTo(1);
		insert("Aarau");
		this.replica.awaitReplay();
		assertThat(count(this.reader, "Aarau")).isEqualTo(1);
	}

	@Test
	void stoppedReplicaCatchesUpAfterItsStart() {
		this.replica.stop();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.replica.dataSource().getConnection());
		insert("Genf");
		this.replica.start();
		this.replica.awaitReplay();
		assertThat(count(this.reader, "Genf")).isEqualTo(1);
	}

	@Test
	void promotedReplicaTakesWritesUntilItIsHealed() {
		this.replica.promote();
		this.reader.update("INSERT INTO city (name) VALUES ('Zug')");
		insert("Glarus");
		assertThat(count(this.writer, "Zug")).isZero();
		cluster.heal();
		assertThat(count(this.reader, "Zug")).isZero();
		assertThat(count(this.reader, "Glarus")).isEqualTo(1);
		assertThat(this.reader.queryForObject("SELECT pg_is_in_recovery()", Boolean.class)).isTrue();
	}

	@Test
	void everyFaultAtOnceHeals() {
		this.replica.pauseReplay();
		this.replica.cut();
		cluster.replica("replica-2").stop();
		this.primary.blackHole();
		this.primary.stop();
		cluster.heal();
		insert("Sitten");
		cluster.replicas().forEach(PostgresReplica::awaitReplay);
		assertThat(count(this.reader, "Sitten")).isEqualTo(1);
	}

	@Test
	void unknownReplicaNamesTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> cluster.replica("north"))
			.withMessage("The cluster 'default' has no replica 'north'; its replicas are [replica-1, replica-2]");
	}

	@Test
	void sharedClustersHaveTheirServersInCommonAndTheirDatabasesForThemselves() {
		String name;
		try (PostgresCluster other = PostgresCluster.shared(1)) {
			name = other.database();
			assertThat(other.primary().port()).isEqualTo(this.primary.port());
			assertThat(other.replica("replica-1").port()).isEqualTo(this.replica.port());
			assertThat(name).isNotEqualTo(cluster.database());
			assertThat(JdbcClient.create(other.replica("replica-1").dataSource())
				.sql("SELECT to_regclass('city') IS NULL")
				.query(Boolean.class)
				.single()).isTrue();
		}
		assertThat(new JdbcTemplate(this.primary.superuserDataSource())
			.queryForObject("SELECT count(*) FROM pg_database WHERE datname = ?", Integer.class, name)).isZero();
		assertThat(count(this.writer, "nowhere")).isZero();
	}

	@Test
	void clusterOfItsOwnStopsItsServersWhenItIsClosed() {
		PostgresNode node;
		ProcessHandle process;
		try (PostgresCluster own = PostgresCluster.builder().name("atlas").relays(false).start()) {
			node = own.primary();
			process = node.server().data().server().orElseThrow();
			JdbcTemplate jdbc = new JdbcTemplate(node.dataSource());
			assertThat(node.jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:%d/atlas".formatted(node.port()));
			assertThat(jdbc.queryForObject("SELECT inet_server_port()", Integer.class)).isEqualTo(node.port());
			assertThat(jdbc.queryForObject("SHOW cluster_name", String.class)).isEqualTo("atlas.main");
			assertThatExceptionOfType(EmbeddedPostgresException.class).isThrownBy(node::cut)
				.withMessage("The PostgreSQL server 'atlas.main' cannot be cut off, as no relay stands in front of it; "
						+ "start the cluster with relays, or use @EmbeddedPostgres on the test");
		}
		Awaitility.await().until(() -> !process.isAlive());
		assertThat(node.server().data().path()).doesNotExist();
	}

	private void insert(String city) {
		this.writer.update("INSERT INTO city (name) VALUES (?)", city);
	}

	private void superuserWrite(String city) {
		new JdbcTemplate(this.primary.superuserDataSource()).update("INSERT INTO city (name) VALUES (?)", city);
	}

	private int count(JdbcTemplate jdbc, String city) {
		Integer count = jdbc.queryForObject("SELECT count(*) FROM city WHERE name = ?", Integer.class, city);
		return (count != null) ? count : 0;
	}

	private String setting(String name) {
		String setting = this.writer.queryForObject("SELECT current_setting(?)", String.class, name);
		return (setting != null) ? setting : "";
	}

}
