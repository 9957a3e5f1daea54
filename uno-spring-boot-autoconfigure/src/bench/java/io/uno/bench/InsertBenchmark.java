package io.uno.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;

import io.uno.bench.Target.Bound;
import io.uno.embedded.PostgresNode;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Inserts entities into an empty table with a primary key. What arrived is compared after
 * every insert.
 */
final class InsertBenchmark {

	private static final double OF_PG_BULK_INSERT = 0.9;

	private static final double OF_SAVE_ALL = 3;

	private final BenchmarkOptions options;

	private final PostgresNode node;

	private final JdbcTemplate owner;

	private final JdbcTemplate superuser;

	private @Nullable BigDecimal checksum;

	InsertBenchmark(BenchmarkOptions options, PostgresNode node) {
		this.options = options;
		this.node = node;
		this.owner = new JdbcTemplate(node.dataSource());
		this.superuser = new JdbcTemplate(node.superuserDataSource());
	}

	Section run() throws Exception {
		this.owner.execute(Reading.DDL);
		this.owner.execute("alter table reading set (autovacuum_enabled = false)");
		try (ConfigurableApplicationContext context = ReadingApplication.start(
				"--spring.datasource.url=" + this.node.jdbcUrl() + ReadingApplication.URL_PARAMETERS,
				"--spring.datasource.username=" + this.node.username(),
				"--spring.datasource.password=" + this.node.password())) {
			List<Reading> readings = LongStream.rangeClosed(1, this.options.rows()).mapToObj(Reading::of).toList();
			InsertPeers peers = new InsertPeers(context, readings);
			Measurements measurements = new Rounds(this.options.warmUps(), this.options.rounds()).run(peers.all(),
					this::empty, this::compare);
			return section(peers, measurements);
		}
		finally {
			this.owner.execute("drop table reading");
		}
	}

	/**
	 * Every insert finds a new file, and no write of an earlier one left to be done.
	 */
	private void empty() {
		this.owner.execute("truncate reading");
		this.superuser.execute("checkpoint");
	}

	private void compare() {
		Long count = this.owner.queryForObject("select count(*) from reading", Long.class);
		if (count == null || count != this.options.rows()) {
			throw new IllegalStateException(
					"%,d rows were inserted, and there are %,d".formatted(this.options.rows(), count));
		}
		BigDecimal found = this.owner
			.queryForObject("select sum(hashtextextended(reading::text, 0)::numeric) from reading", BigDecimal.class);
		if (this.checksum != null && !this.checksum.equals(found)) {
			throw new IllegalStateException("Two peers have not inserted the same: the checksums are %s and %s"
				.formatted(this.checksum, found));
		}
		this.checksum = found;
	}

	private Section section(InsertPeers peers, Measurements measurements) {
		MarkdownTable table = new MarkdownTable("way", "seconds, median", "95 % interval", "rows a second",
				"speed: PgBulkInsert = 1", "95 % interval");
		for (Peer peer : peers.all()) {
			Interval time = measurements.time(peer.name());
			Interval speed = measurements.speed(peer.name(), InsertPeers.PG_BULK_INSERT);
			table.row(peer.name(), MarkdownTable.figure(time.median(), 3), MarkdownTable.limits(time, 3),
					MarkdownTable.figure(this.options.rows() / time.median(), 0),
					MarkdownTable.figure(speed.median(), 2), MarkdownTable.limits(speed, 2));
		}
		return new Section("Inserting %,d entities".formatted(this.options.rows()),
				"""
						Entities of 8 columns (bigint key, uuid, 2 varchar, integer, double precision, boolean, timestamptz), held in a
						list; %s MiB in the binary format. %d rounds after %d to warm up. All ways use the same pool, url
						(`%s`) and table, each one transaction for everything, commit included. Before each of them,
						outside of the time, the table is truncated, the server writes a checkpoint and the heap is collected;
						after it, rows are counted and a checksum of all values compared. Batches have %,d rows; saveAll gets
						new entities with assigned keys, so it selects nothing.

						%s"""
					.formatted(MarkdownTable.figure(peers.payloadBytes() / (double) (1 << 20), 1),
							this.options.rounds(), this.options.warmUps(), ReadingApplication.URL_PARAMETERS,
							ReadingApplication.BATCH_SIZE, table),
				targets(measurements));
	}

	private static List<Target> targets(Measurements measurements) {
		return List.of(
				new Target("bulk insert, speed as a share of PgBulkInsert's", Bound.AT_LEAST, OF_PG_BULK_INSERT,
						measurements.speed(InsertPeers.UNO, InsertPeers.PG_BULK_INSERT)),
				new Target("bulk insert, times the speed of saveAll", Bound.AT_LEAST, OF_SAVE_ALL,
						measurements.speed(InsertPeers.UNO, InsertPeers.SAVE_ALL)));
	}

}
