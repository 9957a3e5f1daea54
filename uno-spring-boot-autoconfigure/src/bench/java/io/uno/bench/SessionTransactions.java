package io.uno.bench;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Session;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What JMH measures: a transaction with one statement in a session of Hibernate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class SessionTransactions {

	/**
	 * The way that is measured.
	 */
	@Param("SPRING")
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

	private ConfigurableApplicationContext context;

	private Function<Function<Session, Integer>, Integer> reads;

	private Function<Function<Session, Integer>, Integer> writes;

	/**
	 * Starts the application.
	 */
	@Setup
	public void open() {
		ReplicatedServers servers = new ReplicatedServers(this.primary, this.replica, this.username);
		this.context = Application.start(this.way.properties.apply(servers));
		JdbcTemplate jdbc = this.context.getBean(JdbcTemplate.class);
		jdbc.execute("create table if not exists counter (id int primary key, n bigint)");
		jdbc.update("insert into counter (id, n) values (1, 0) on conflict (id) do nothing");
		jdbc.execute("vacuum counter");
		this.reads = this.way.transactions.apply(this.context, true);
		this.writes = this.way.transactions.apply(this.context, false);
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void close() {
		this.context.close();
	}

	/**
	 * Reads one row.
	 * @return the row
	 */
	@Benchmark
	public Integer read() {
		return this.reads.apply((session) -> session.createNativeQuery("select 1", Integer.class).getSingleResult());
	}

	/**
	 * Changes one row.
	 * @return the number of changed rows
	 */
	@Benchmark
	public Integer write() {
		return this.writes
			.apply((session) -> session.createNativeMutationQuery("update counter set n = n + 1 where id = 1")
				.executeUpdate());
	}

	private static Function<Function<Session, Integer>, Integer> spring(ConfigurableApplicationContext context,
			boolean readOnly) {
		EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
		TransactionTemplate transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		transactions.setReadOnly(readOnly);
		return (work) -> transactions.execute((status) -> work
			.apply(Objects.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(factory))
				.unwrap(Session.class)));
	}

	private static Function<Function<Session, Integer>, Integer> uno(ConfigurableApplicationContext context,
			boolean readOnly) {
		return by(context.getBean(SessionTemplate.class), readOnly);
	}

	private static Function<Function<Session, Integer>, Integer> unoWithContext(ConfigurableApplicationContext context,
			boolean readOnly) {
		return by(context.getBean(SessionTemplate.class).asTenant("7").asUser("ann"), readOnly);
	}

	private static Function<Function<Session, Integer>, Integer> by(SessionTemplate sessions, boolean readOnly) {
		return readOnly ? (work) -> sessions.read(work::apply) : (work) -> sessions.write(work::apply);
	}

	private static List<String> boot(ReplicatedServers servers) {
		return List.of("spring.datasource.url=" + servers.primary(), "spring.datasource.username=" + servers.username(),
				"spring.datasource.hikari.maximum-pool-size=" + ReplicatedServers.POOL_SIZE);
	}

	private static List<String> database(ReplicatedServers servers) {
		return List.of("uno.databases.atlas.url=" + servers.primary(),
				"uno.databases.atlas.username=" + servers.username(),
				"uno.databases.atlas.hikari.maximum-pool-size=" + ReplicatedServers.POOL_SIZE);
	}

	private static List<String> replicated(ReplicatedServers servers) {
		return List.of("uno.databases.atlas.url=" + servers.primary(),
				"uno.databases.atlas.username=" + servers.username(),
				"uno.databases.atlas.replicas.east.url=" + servers.replica(),
				"uno.databases.atlas.hikari.maximum-pool-size=" + ReplicatedServers.POOL_SIZE);
	}

	/**
	 * The ways to run a transaction.
	 */
	public enum Way {

		/**
		 * By Spring's template, on Boot's data source.
		 */
		SPRING("Spring's TransactionTemplate", SessionTransactions::boot, SessionTransactions::spring),

		/**
		 * By uno's template, on Boot's data source.
		 */
		UNO("uno's SessionTemplate on Boot's data source", SessionTransactions::boot, SessionTransactions::uno),

		/**
		 * By uno's template, on a data source of uno's.
		 */
		UNO_DATABASE("uno's SessionTemplate on a database", SessionTransactions::database, SessionTransactions::uno),

		/**
		 * By uno's template, on behalf of someone.
		 */
		UNO_CONTEXT("the same with a tenant and a user", SessionTransactions::database,
				SessionTransactions::unoWithContext),

		/**
		 * By Spring's template, on a database with a replica.
		 */
		SPRING_REPLICATED("Spring's TransactionTemplate on a database with a replica", SessionTransactions::replicated,
				SessionTransactions::spring),

		/**
		 * By uno's template, on a database with a replica.
		 */
		UNO_REPLICATED("uno's SessionTemplate on a database with a replica", SessionTransactions::replicated,
				SessionTransactions::uno);

		private final String words;

		private final Function<ReplicatedServers, List<String>> properties;

		private final BiFunction<ConfigurableApplicationContext, Boolean, Function<Function<Session, Integer>, Integer>> transactions;

		Way(String words, Function<ReplicatedServers, List<String>> properties,
				BiFunction<ConfigurableApplicationContext, Boolean, Function<Function<Session, Integer>, Integer>> transactions) {
			this.words = words;
			this.properties = properties;
			this.transactions = transactions;
		}

		@Override
		public String toString() {
			return this.words;
		}

	}

	/**
	 * An application with JPA and without entities.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			excludeName = "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration")
	static class Application {

		static ConfigurableApplicationContext start(List<String> properties) {
			return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false",
						"spring.docker.compose.enabled=false", "logging.level.root=warn", "spring.flyway.enabled=false")
				.run(properties.stream().map((property) -> "--" + property).toArray(String[]::new));
		}

	}

}
