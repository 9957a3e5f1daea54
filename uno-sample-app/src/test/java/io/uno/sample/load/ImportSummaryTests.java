package io.uno.sample.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.uno.sample.atlas.AnsweringNode;
import io.uno.sample.journal.Figures;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ImportSummary}.
 */
class ImportSummaryTests {

	private static final AnsweringNode EAST = new AnsweringNode("atlas.east", "replica", 54321, "it is its turn");

	@Test
	void saysWhatWasReadLoadedAndUnresolved() {
		ImportSummary summary = summary(new Rejections());
		assertThat(summary.lines(EAST)).containsExactly("                  read    loaded  rejected",
				"countries          252       252         0", "cities         135,233   135,233         0",
				"unresolved   864 region", "time         2.0 s, 67,743 rows per second",
				"reads        atlas.east (replica, port 54321): it is its turn");
		assertThat(summary.figures()).isEqualTo(new Figures(252, 0, 135_233, 0, 864));
	}

	@Test
	void listsRejectedRowsFirst() {
		Rejections rejections = new Rejections();
		rejections.add(new RejectedRow(17, "latitude", "97.1 is not between -90 and 90"));
		rejections.add(new RejectedRow(40, null, "it has 9 values for 8 columns"));
		ImportSummary summary = summary(rejections);
		assertThat(summary.lines(EAST)).startsWith("Rejected rows of cities.csv:",
				"  line 17, column latitude: 97.1 is not between -90 and 90",
				"  line 40: it has 9 values for 8 columns", "");
		assertThat(summary.figures().rejected()).isEqualTo(2);
	}

	@Test
	void saysHowManyMoreRowsWereRejected() {
		Rejections rejections = new Rejections();
		for (int line = 2; line < 2_502; line++) {
			rejections.add(new RejectedRow(line, "name", "is empty"));
		}
		assertThat(summary(rejections).lines(EAST)).contains("  line 1001, column name: is empty", "  and 1,500 more")
			.doesNotContain("  line 1002, column name: is empty");
	}

	private static ImportSummary summary(Rejections rejections) {
		return new ImportSummary(
				List.of(new LoadedTable("countries", "countries.csv", 252, 252, new Rejections(), Map.of()),
						new LoadedTable("cities", "cities.csv", 135_233, 135_233, rejections, Map.of("region", 864L))),
				Duration.ofSeconds(2));
	}

}
