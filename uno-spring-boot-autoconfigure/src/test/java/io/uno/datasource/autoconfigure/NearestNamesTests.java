package io.uno.datasource.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NearestNames}.
 */
class NearestNamesTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			url, url, 0
			'', url, 3
			urll, url, 1
			lru, url, 2
			kitten, sitting, 3
			driverClassName, driver-class-name, 0
			""")
	void countsTheChanges(String from, String to, int changes) {
		assertThat(NearestNames.distance(from, to)).isEqualTo(changes);
		assertThat(NearestNames.distance(to, from)).isEqualTo(changes);
	}

	@Test
	void putsTheNearestFirstAndEqualsInOrder() {
		assertThat(NearestNames.sort("urll", List.of("username", "url", "b", "a"))).containsExactly("url", "a", "b",
				"username");
	}

}
