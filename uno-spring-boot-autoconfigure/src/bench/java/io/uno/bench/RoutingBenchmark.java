package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.uno.bench.FirstStatement.Way;
import io.uno.bench.Target.Bound;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.RoutingDecision;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Runs {@link FirstStatement} and {@link RoutingDecision} on a primary with a streaming
 * replica: each round is a JVM for each way, so that what one JVM happens to compile does
 * not decide.
 */
final class RoutingBenchmark {

	private static final int WARM_UPS = 3;

	private static final int ITERATIONS = 5;

	private static final TimeValue WARM_UP = TimeValue.seconds(1);

	private static final TimeValue ITERATION = TimeValue.milliseconds(200);

	/**
	 * What the profiler calls the bytes of one operation.
	 */
	private static final String ALLOCATED = "gc.alloc.rate.norm";

	/**
	 * AWS's wrapper records every change of its connection for the context of exceptions,
	 * and keeps it for a minute; at this rate that fills the heap.
	 */
	private static final String WITHOUT_RECORDS = "-Daws.jdbc.config.exception.context.enabled=false";

	/**
	 * The name of what {@link RoutingDecision} measures.
	 */
	private static final String DECISION = "decision";

	/**
	 * The ways that have to keep the limits.
	 */
	private static final List<Way> LIMITED = List.of(Way.UNO, Way.UNO_PENDING);

	private static final double NANOS_OVER_SPRING = 100;

	private static final double LEVEL = 1;

	private final BenchmarkOptions options;

	private final Measurements prepared = new Measurements();

	private final Measurements allocated = new Measurements();

	private final Measurements executed = new Measurements();

	private final Measurements decided = new Measurements();

	private final Measurements allocatedToDecide = new Measurements();

	RoutingBenchmark(BenchmarkOptions options) {
		this.options = options;
	}

	Section run() throws IOException, RunnerException {
		try (PostgresCluster cluster = PostgresCluster.builder().relays(false).replicas(1).start()) {
			Path passwords = passwordFile(cluster);
			try {
				runRounds(cluster, passwords);
			}
			finally {
				Files.delete(passwords);
			}
			return section(synchronousCommit(cluster));
		}
	}

	/**
	 * JMH prints parameters and options, so the password goes another way.
	 */
	private static Path passwordFile(PostgresCluster cluster) throws IOException {
		Path file = Files.createTempFile("bench", ".pgpass",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		return Files.writeString(file, "*:*:*:*:" + cluster.password());
	}

	private static String synchronousCommit(PostgresCluster cluster) {
		return String.valueOf(new JdbcTemplate(cluster.primary().dataSource())
			.queryForObject("select current_setting('synchronous_commit')", String.class));
	}

	private void runRounds(PostgresCluster cluster, Path passwords) throws RunnerException {
		List<Way> order = new ArrayList<>(Arrays.asList(Way.values()));
		Random random = new Random(1);
		for (int round = 1; round <= this.options.rounds(); round++) {
			Collections.shuffle(order, random);
			for (Way way : order) {
				System.out.printf("round %2d of %d: %s%n", round, this.options.rounds(), way);
				run(read(way, cluster, passwords)).forEach((result) -> add(way, result));
			}
			run(decision(cluster, passwords)).forEach(this::addDecision);
		}
	}

	private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
		return new Runner(options.build()).run();
	}

	private ChainedOptionsBuilder read(Way way, PostgresCluster cluster, Path passwords) {
		return options(FirstStatement.class, cluster, passwords).param("way", way.name())
			.param("primary", cluster.primary().jdbcUrl())
			.param("replica", cluster.replicas().get(0).jdbcUrl());
	}

	private ChainedOptionsBuilder decision(PostgresCluster cluster, Path passwords) {
		return options(RoutingDecision.class, cluster, passwords).param("url", cluster.primary().jdbcUrl());
	}

	private ChainedOptionsBuilder options(Class<?> benchmark, PostgresCluster cluster, Path passwords) {
		return new OptionsBuilder().include("^" + Pattern.quote(benchmark.getName()) + "\\.")
			.param("username", cluster.username())
			.jvmArgs("-Xms256m", "-Xmx256m", WITHOUT_RECORDS, "-Dorg.postgresql.pgpassfile=" + passwords)
			.addProfiler(GCProfiler.class)
			.forks(1)
			.warmupIterations(WARM_UPS)
			.warmupTime(WARM_UP)
			.measurementIterations(ITERATIONS)
			.measurementTime(ITERATION)
			.output(this.options.work().resolve("jmh.log").toString())
			.shouldFailOnError(true);
	}

	private void add(Way way, RunResult result) {
		double nanos = result.getPrimaryResult().getScore();
		if (result.getParams().getBenchmark().endsWith(".prepared")) {
			this.prepared.add(way.toString(), nanos);
			this.allocated.add(way.toString(), allocated(result));
		}
		else {
			this.executed.add(way.toString(), nanos);
		}
	}

	private void addDecision(RunResult result) {
		this.decided.add(DECISION, result.getPrimaryResult().getScore());
		this.allocatedToDecide.add(DECISION, allocated(result));
	}

	/**
	 * In whole bytes, as what the JVM itself allocates meanwhile makes a tiny fraction of
	 * one.
	 */
	private static double allocated(RunResult result) {
		return Math.rint(Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore());
	}

	private Section section(String synchronousCommit) {
		Interval decision = this.decided.time(DECISION);
		Interval bytes = this.allocatedToDecide.time(DECISION);
		return new Section("Reading from a replica: a read-only transaction with one statement",
				"""
						JMH, average time of one thread; a round is a JVM for each way and table with %d iterations of %d ms after %d of
						%d s to warm up, its figure their mean; %d rounds. A primary and a streaming replica on the same machine,
						without relays, with `synchronous_commit = %s` and HikariCP's pools of %d connections; no way has metrics.
						Every way runs the same code: a read-only transaction of Spring's `TransactionTemplate` and
						`DataSourceTransactionManager`, the statement on the transaction's connection, commit. Before and after,
						the replica had to be the one that answers. What the ways do:

						- HikariCP alone: the replica's pool, nothing is chosen.
						- Spring's: the routing data source's key is whether the transaction is read-only.
						- dynamic-datasource: the group of the readers is pushed before the transaction and polled after it, by hand; its
						  annotation would add an interceptor.
						- AWS's wrapper: the plugin `srw` alone, without verification, which only servers of Amazon's have, behind HikariCP;
						  without the records that it keeps for the context of exceptions (`%s`), which fill the heap at this rate.
						- ShardingSphere-JDBC: read/write splitting alone, reads in transactions by `FIXED`. It chooses by the statement
						  that is executed and so borrows nothing for one that is only prepared.
						- uno: as Spring Boot configures it, with its monitor running; no write of the reader's is pending.
						- uno with a pending position: a write has been committed before, which the replica has, but a second one, which
						  is refused for being none, has not; so its position is kept and compared by each read.

						Without a round trip, the statement is prepared and closed; what differs is the price of routing, and what
						each transaction allocates:

						%s
						uno's decision by itself - the database, the node and the reason for a read - between two replicas with the
						weights 1 and 2, outside of a transaction and with a connection that is always there in place of each pool:
						%s ns (%s), and as JMH's profiler `gc` tells %s whole bytes (%s).

						With round trips, `select 1` is executed and read:

						%s"""
					.formatted(ITERATIONS, ITERATION.convertTo(TimeUnit.MILLISECONDS), WARM_UPS,
							WARM_UP.convertTo(TimeUnit.SECONDS), this.options.rounds(), synchronousCommit,
							ReplicatedServers.POOL_SIZE, WITHOUT_RECORDS, preparedTable(),
							MarkdownTable.figure(decision.median(), 0), MarkdownTable.limits(decision, 0),
							MarkdownTable.figure(bytes.median(), 0), MarkdownTable.limits(bytes, 0), executedTable()),
				targets());
	}

	private MarkdownTable preparedTable() {
		MarkdownTable table = new MarkdownTable("way", "ns, median", "95 % interval", "ns over HikariCP",
				"95 % interval", "bytes");
		for (Way way : Way.values()) {
			Interval time = this.prepared.time(way.toString());
			Interval cost = this.prepared.difference(way.toString(), Way.HIKARI.toString());
			table.row(way.toString(), MarkdownTable.figure(time.median(), 0), MarkdownTable.limits(time, 0),
					MarkdownTable.figure(cost.median(), 0), MarkdownTable.limits(cost, 0),
					MarkdownTable.figure(this.allocated.time(way.toString()).median(), 0));
		}
		return table;
	}

	private MarkdownTable executedTable() {
		MarkdownTable table = new MarkdownTable("way", "µs, median", "95 % interval", "time: HikariCP = 1",
				"95 % interval", "time: uno = 1", "95 % interval");
		for (Way way : Way.values()) {
			Interval time = this.executed.time(way.toString()).map((nanos) -> nanos / 1e3);
			Interval toHikari = timeOver(way, Way.HIKARI);
			Interval toUno = timeOver(way, Way.UNO);
			table.row(way.toString(), MarkdownTable.figure(time.median(), 1), MarkdownTable.limits(time, 1),
					MarkdownTable.figure(toHikari.median(), 2), MarkdownTable.limits(toHikari, 2),
					MarkdownTable.figure(toUno.median(), 2), MarkdownTable.limits(toUno, 2));
		}
		return table;
	}

	/**
	 * The time of one over the other's is the speed of the other over the one's.
	 */
	private Interval timeOver(Way way, Way baseline) {
		return this.executed.speed(baseline.toString(), way.toString());
	}

	private List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		for (Way way : LIMITED) {
			targets.add(new Target("routing without a round trip, ns of %s over Spring's lazy routing".formatted(way),
					Bound.AT_MOST, NANOS_OVER_SPRING, this.prepared.difference(way.toString(), Way.SPRING.toString())));
			targets.add(level(way, Way.HIKARI));
			targets.add(level(way, Way.DYNAMIC_DATASOURCE));
			targets.add(ahead(way, Way.SHARDING_SPHERE));
			targets.add(ahead(way, Way.AWS));
		}
		targets.add(new Target("uno's decision by itself, whole bytes allocated", Bound.AT_MOST, 0,
				this.allocatedToDecide.time(DECISION)));
		return targets;
	}

	private Target level(Way way, Way other) {
		return new Target("read-only `select 1`, time of %s over that of %s".formatted(way, other),
				Bound.LEVEL_OR_AT_MOST, LEVEL, timeOver(way, other));
	}

	private Target ahead(Way way, Way other) {
		return new Target("read-only `select 1`, time of %s over that of %s".formatted(other, way), Bound.WHOLLY_ABOVE,
				1, timeOver(other, way));
	}

}
