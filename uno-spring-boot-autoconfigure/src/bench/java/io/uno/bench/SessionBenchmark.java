package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.uno.bench.SessionTransactions.Way;
import io.uno.bench.Target.Bound;
import io.uno.embedded.PostgresCluster;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link SessionTransactions} on a primary with a streaming replica: each round is a
 * JVM for each way.
 */
final class SessionBenchmark {

	private static final int WARM_UPS = 3;

	private static final int ITERATIONS = 5;

	private static final TimeValue WARM_UP = TimeValue.seconds(1);

	private static final TimeValue ITERATION = TimeValue.milliseconds(400);

	private static final double LEVEL = 1;

	private final BenchmarkOptions options;

	private final Measurements reads = new Measurements();

	private final Measurements writes = new Measurements();

	SessionBenchmark(BenchmarkOptions options) {
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
			return section();
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

	private void runRounds(PostgresCluster cluster, Path passwords) throws RunnerException {
		List<Way> order = new ArrayList<>(Arrays.asList(Way.values()));
		Random random = new Random(1);
		for (int round = 1; round <= this.options.rounds(); round++) {
			Collections.shuffle(order, random);
			for (Way way : order) {
				System.out.printf("round %2d of %d: %s%n", round, this.options.rounds(), way);
				for (RunResult result : new Runner(options(way, cluster, passwords).build()).run()) {
					add(way, result);
				}
			}
		}
	}

	private ChainedOptionsBuilder options(Way way, PostgresCluster cluster, Path passwords) {
		return new OptionsBuilder().include("^" + Pattern.quote(SessionTransactions.class.getName()) + "\\.")
			.param("way", way.name())
			.param("primary", cluster.primary().jdbcUrl())
			.param("replica", cluster.replicas().get(0).jdbcUrl())
			.param("username", cluster.username())
			.jvmArgs("-Xms256m", "-Xmx256m", "-Dorg.postgresql.pgpassfile=" + passwords)
			.forks(1)
			.warmupIterations(WARM_UPS)
			.warmupTime(WARM_UP)
			.measurementIterations(ITERATIONS)
			.measurementTime(ITERATION)
			.output(this.options.work().resolve("jmh-sessions.log").toString())
			.shouldFailOnError(true);
	}

	private void add(Way way, RunResult result) {
		Measurements measurements = result.getParams().getBenchmark().endsWith(".read") ? this.reads : this.writes;
		measurements.add(way.toString(), result.getPrimaryResult().getScore());
	}

	private Section section() {
		return new Section("Sessions: a transaction with one statement",
				"""
						JMH, average time of one thread; a round is a JVM for each way and table with %d iterations of %d ms after %d of
						%d s to warm up, its figure their mean; %d rounds. A primary and a streaming replica on the same machine, without
						relays, HikariCP's pools of %d connections, no metrics. Every way runs the same work in a session of Hibernate,
						through Spring Boot's `JpaTransactionManager`.

						Reading `select 1` in a read-only transaction, which a replica answers where there is one:

						%s
						Writing, one row updated by its key; with a replica the position of the commit is asked for:

						%s"""
					.formatted(ITERATIONS, ITERATION.convertTo(TimeUnit.MILLISECONDS), WARM_UPS,
							WARM_UP.convertTo(TimeUnit.SECONDS), this.options.rounds(), ReplicatedServers.POOL_SIZE,
							table(this.reads), table(this.writes)),
				targets());
	}

	private static MarkdownTable table(Measurements measurements) {
		MarkdownTable table = new MarkdownTable("way", "µs, median", "95 % interval", "time: Spring = 1",
				"95 % interval", "µs over Spring", "95 % interval");
		for (Way way : Way.values()) {
			Interval time = measurements.time(way.toString());
			Interval ratio = timeOver(measurements, way, Way.SPRING);
			Interval cost = measurements.difference(way.toString(), Way.SPRING.toString());
			table.row(way.toString(), MarkdownTable.figure(time.median(), 1), MarkdownTable.limits(time, 1),
					MarkdownTable.figure(ratio.median(), 2), MarkdownTable.limits(ratio, 2),
					MarkdownTable.figure(cost.median(), 1), MarkdownTable.limits(cost, 1));
		}
		return table;
	}

	/**
	 * The time of one over the other's is the speed of the other over the one's.
	 */
	private static Interval timeOver(Measurements measurements, Way way, Way baseline) {
		return measurements.speed(baseline.toString(), way.toString());
	}

	private List<Target> targets() {
		return List.of(level("read", this.reads, Way.UNO, Way.SPRING), level("write", this.writes, Way.UNO, Way.SPRING),
				level("read", this.reads, Way.UNO_DATABASE, Way.SPRING),
				level("write", this.writes, Way.UNO_DATABASE, Way.SPRING),
				level("write", this.writes, Way.UNO_REPLICATED, Way.SPRING_REPLICATED));
	}

	private static Target level(String operation, Measurements measurements, Way way, Way other) {
		return new Target("`%s` around one statement, time of %s over that of %s".formatted(operation, way, other),
				Bound.LEVEL_OR_AT_MOST, LEVEL, timeOver(measurements, way, other));
	}

}
