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
import java.util.regex.Pattern;

import io.uno.bench.FirstStatement.Way;
import io.uno.embedded.PostgresNode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link FirstStatement}: each round is a JVM for each way, so that what one JVM
 * happens to compile does not decide.
 */
final class RoutingBenchmark {

	private static final int WARM_UPS = 2;

	private static final int ITERATIONS = 5;

	private static final TimeValue WARM_UP = TimeValue.seconds(1);

	private static final TimeValue ITERATION = TimeValue.milliseconds(200);

	private final BenchmarkOptions options;

	private final PostgresNode node;

	private final Measurements prepared = new Measurements();

	private final Measurements executed = new Measurements();

	RoutingBenchmark(BenchmarkOptions options, PostgresNode node) {
		this.options = options;
		this.node = node;
	}

	Section run() throws IOException, RunnerException {
		Path passwords = passwordFile();
		try {
			List<Way> order = new ArrayList<>(Arrays.asList(Way.values()));
			Random random = new Random(1);
			for (int round = 1; round <= this.options.rounds(); round++) {
				Collections.shuffle(order, random);
				for (Way way : order) {
					System.out.printf("round %2d of %d: %s%n", round, this.options.rounds(), way);
					new Runner(options(way, passwords)).run().forEach((result) -> add(way, result));
				}
			}
		}
		finally {
			Files.delete(passwords);
		}
		return section();
	}

	/**
	 * JMH prints parameters and options, so the password goes another way.
	 */
	private Path passwordFile() throws IOException {
		Path file = Files.createTempFile("bench", ".pgpass",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		return Files.writeString(file, "*:*:*:*:" + this.node.password());
	}

	private Options options(Way way, Path passwords) {
		return new OptionsBuilder().include("^" + Pattern.quote(FirstStatement.class.getName()) + "\\.")
			.param("way", way.name())
			.param("url", this.node.jdbcUrl())
			.param("username", this.node.username())
			.jvmArgs("-Xms256m", "-Xmx256m", "-Dorg.postgresql.pgpassfile=" + passwords)
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
		boolean onlyPrepared = result.getParams().getBenchmark().endsWith(".prepared");
		(onlyPrepared ? this.prepared : this.executed).add(way.toString(), result.getPrimaryResult().getScore());
	}

	private Section section() {
		return new Section("Borrowing a connection, first statement, closing",
				"""
						JMH, average time of one thread outside of a transaction; a round is a JVM for each way with %d iterations of
						%d ms after %d to warm up, its figure their mean; %d rounds. With a second pool for reads behind
						Spring's and uno's data source. Without a round trip, the statement is prepared and closed; what differs is
						the price of routing:

						%s
						With a round trip, `select 1` is executed and read:

						%s"""
					.formatted(ITERATIONS, ITERATION.convertTo(java.util.concurrent.TimeUnit.MILLISECONDS), WARM_UPS,
							this.options.rounds(), table(this.prepared), table(this.executed)),
				List.of());
	}

	private static MarkdownTable table(Measurements measurements) {
		MarkdownTable table = new MarkdownTable("way", "ns, median", "95 % interval", "time: HikariCP = 1",
				"95 % interval");
		for (Way way : Way.values()) {
			Interval time = measurements.time(way.toString());
			// the time of one over the other's is the speed of the other over the one's
			Interval cost = measurements.speed(Way.HIKARI.toString(), way.toString());
			table.row(way.toString(), MarkdownTable.figure(time.median(), 0), MarkdownTable.limits(time, 0),
					MarkdownTable.figure(cost.median(), 2), MarkdownTable.limits(cost, 2));
		}
		return table;
	}

}
