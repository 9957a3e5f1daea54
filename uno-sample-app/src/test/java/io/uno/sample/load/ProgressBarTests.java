package io.uno.sample.load;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.uno.bulk.BulkProgress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProgressBar}.
 */
class ProgressBarTests {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final PrintStream out = new PrintStream(this.bytes, true, StandardCharsets.UTF_8);

	@Test
	void terminalShowsOneLineThatIsWrittenAnew() {
		show(new ProgressBar("cities", this.out, true));
		assertThat(printed()).isEqualTo("""
				\rcities     [###                           ]  10 %     10,000 rows     20,000 rows/s\
				\rcities     [###############               ]  50 %     50,000 rows     50,000 rows/s\
				\rcities     [################              ]  55 %     55,000 rows     55,000 rows/s\
				\rcities     [##############################] 100 %    100,000 rows     50,000 rows/s
				""");
	}

	@Test
	void fileGetsALineForEachQuarter() {
		show(new ProgressBar("cities", this.out, false));
		assertThat(printed()).isEqualTo("""
				cities     [###############               ]  50 %     50,000 rows     50,000 rows/s
				cities     [##############################] 100 %    100,000 rows     50,000 rows/s
				""");
	}

	private void show(ProgressBar bar) {
		bar.show(0.1, new BulkProgress(10_000, 9_000, Duration.ofMillis(500)));
		bar.show(0.5, new BulkProgress(50_000, 40_000, Duration.ofSeconds(1)));
		bar.show(0.55, new BulkProgress(55_000, 50_000, Duration.ofSeconds(1)));
		bar.show(1, new BulkProgress(100_000, 100_000, Duration.ofSeconds(2)));
		bar.end();
	}

	private String printed() {
		return this.bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
	}

}
