package io.uno.bench;

import java.util.ArrayList;
import java.util.List;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Runs all benchmarks and writes their document.
 */
final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs everything. The options are system properties.
	 * @param arguments none
	 * @throws Exception if a benchmark fails
	 */
	public static void main(String[] arguments) throws Exception {
		BenchmarkOptions options = BenchmarkOptions.ofSystemProperties();
		BenchmarkDocument document = run(options);
		System.out.printf("%n%s%nWritten: %s%n", document.targets(), document.write());
		if (options.strict() && !document.allMet()) {
			throw new IllegalStateException("A limit is not met, and bench.strict is set");
		}
	}

	private static BenchmarkDocument run(BenchmarkOptions options) throws Exception {
		try (PostgresCluster cluster = PostgresCluster.builder().relays(false).start()) {
			PostgresNode node = cluster.primary();
			Environment environment = Environment.of(options, new JdbcTemplate(node.superuserDataSource()));
			List<Section> sections = new ArrayList<>();
			for (BenchmarkOptions.Part part : options.parts()) {
				sections.add(run(part, options, node));
			}
			return new BenchmarkDocument(options, environment, sections);
		}
	}

	private static Section run(BenchmarkOptions.Part part, BenchmarkOptions options, PostgresNode node)
			throws Exception {
		return switch (part) {
			case INSERT -> new InsertBenchmark(options, node).run();
			case STREAM -> new StreamBenchmark(options, node).run();
			case ROUTING -> new RoutingBenchmark(options).run();
			case SESSIONS -> new SessionBenchmark(options).run();
			case ASYNC -> new AsyncBenchmark(options, node).run();
		};
	}

}
