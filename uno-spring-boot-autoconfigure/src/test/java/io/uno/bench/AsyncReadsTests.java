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
 * Many more reads at once than there are connections.
 */
@Tag("postgres")
class AsyncReadsTests {

	private static final long READS = 10_000;

	private final PostgresCluster cluster = PostgresCluster.shared(0);

	@TempDir
	private Path directory;

	@BeforeEach
	void createTable() {
		Reading.fill(new JdbcTemplate(this.cluster.primary().dataSource()), READS);
	}

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@Test
	void tenThousandAtOnceAreAnsweredOverSixteenConnectionsInLittleMemory() throws Exception {
		ProgramReport report = new MeasuredProgram(AsyncReads.class, this.directory).run(this.cluster.primary(), READS,
				"96m");
		assertThat(report.done()).isEqualTo(READS);
	}

}
