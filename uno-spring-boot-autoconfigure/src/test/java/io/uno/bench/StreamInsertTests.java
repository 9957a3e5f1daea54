package io.uno.bench;

import java.nio.file.Path;

import io.uno.embedded.PostgresCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tenth of what the profile {@code bench} inserts, in half of the heap: enough for the
 * application, too little for the rows as well.
 */
@Tag("postgres")
class StreamInsertTests {

	private static final long ROWS = 200_000;

	private final PostgresCluster cluster = PostgresCluster.shared(0);

	private final JdbcTemplate jdbc = new JdbcTemplate(this.cluster.primary().dataSource());

	@TempDir
	private Path directory;

	@BeforeEach
	void createTable() {
		this.jdbc.execute(Reading.DDL);
	}

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void rowsOfStreamAreNotHeldInMemory() throws Exception {
		ProgramReport report = new MeasuredProgram(StreamInsert.class, this.directory).run(this.cluster.primary(), ROWS,
				"64m");
		assertThat(report.done()).isEqualTo(ROWS);
		assertThat(this.jdbc.queryForObject("select count(*) from reading", Long.class)).isEqualTo(ROWS);
		assertThat(this.jdbc.queryForObject("select sum(id) from reading", Long.class))
			.isEqualTo(ROWS * (ROWS + 1) / 2);
	}

}
