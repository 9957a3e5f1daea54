package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.uno.bench.FirstStatement.Way;
import io.uno.bench.Target.Bound;
import io.uno.embedded.PostgresCluster;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Runs {@link FirstStatement} on a primary with a streaming replica: each round is a JVM
 * for each way, so that what one JVM happens to compile does not decide.
 */
final class RoutingBenchmark {

	private static final int WARM_UPS = 2;

	private static final int ITERATIONS = 5;

	private static final TimeValue WARM_UP = TimeValue.seconds(1);

	private static final TimeValue ITERATION = TimeValue.milliseconds(200);

	/**
	 * What the profiler calls the bytes of one operation.
	 */
	private static final String ALLOCATED = "gc.alloc.rate.norm";

	private static final double NANOS_OVER_SPRING = 100;

	private static final double LEVEL = 1.05;

	private final BenchmarkOptions options;

	private final Measurements prepared = new Measurements();

	private final Measurements allocated = new Measurements();

	private final Measurements executed = new Measurements();

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
				new Runner(options(way, cluster, passwords)).run().forEach((result) -> add(way, result));
			}
		}
	}

	private Options options(Way way, PostgresCluster cluster, Path passwords) {
		return new OptionsBuilder().include("^" + Pattern.quote(FirstStatement.class.getName()) + "\\.")
			.param("way", way.name())
			.param("primary", cluster.primary().jdbcUrl())
			.param("replica", cluster.replicas().get(0).jdbcUrl())
			.param("username", cluster.username())
			.jvmArgs("-Xms256m", "-Xmx256m", "-Dorg.postgresql.pgpassfile=" + passwords)
			.addProfiler(GCProfiler.class)
			.forks(1)
			.warmupIterations(WARM_UPS)
			.warmupTime(WARM_UP)
			.measurementIterations(ITERATIONS)
			.measurementTime(ITERATION)
			.output(this.options.work().resolve("jmh.log").toString())
			.shouldFailOnError(true)
			.build();
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

	private static double allocated(RunResult result) {
		return Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore();
	}

	private Section section(String synchronousCommit) {
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
						- AWS's wrapper: the plugin `srw` alone, without verification, which only servers of Amazon's have, behind HikariCP.
						- ShardingSphere-JDBC: read/write splitting alone, reads in transactions by `FIXED`. It chooses by the statement
						  that is executed and so borrows nothing for one that is only prepared.
						- uno: as Spring Boot configures it, with its monitor running; no write of the reader's is pending.

						Without a round trip, the statement is prepared and closed; what differs is the price of routing, and what
						each transaction allocates:

						%s
						With round trips, `select 1` is executed and read:

						%s"""
					.formatted(ITERATIONS, ITERATION.convertTo(TimeUnit.MILLISECONDS), WARM_UPS,
							WARM_UP.convertTo(TimeUnit.SECONDS), this.options.rounds(), synchronousCommit,
							ReplicatedServers.POOL_SIZE, preparedTable(), executedTable()),
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
		return List.of(
				new Target("routing without a round trip, uno's ns over Spring's lazy routing", Bound.AT_MOST,
						NANOS_OVER_SPRING, this.prepared.difference(Way.UNO.toString(), Way.SPRING.toString())),
				new Target("read-only `select 1`, uno's time over HikariCP's", Bound.LEVEL_OR_AT_MOST, LEVEL,
						timeOver(Way.UNO, Way.HIKARI)),
				new Target("read-only `select 1`, uno's time over dynamic-datasource's", Bound.LEVEL_OR_AT_MOST, LEVEL,
						timeOver(Way.UNO, Way.DYNAMIC_DATASOURCE)),
				new Target("read-only `select 1`, ShardingSphere-JDBC's time over uno's", Bound.WHOLLY_ABOVE, 1,
						timeOver(Way.SHARDING_SPHERE, Way.UNO)),
				new Target("read-only `select 1`, AWS's wrapper's time over uno's", Bound.WHOLLY_ABOVE, 1,
						timeOver(Way.AWS, Way.UNO)));
	}

}
