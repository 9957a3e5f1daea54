package io.uno.datasource;

import java.util.Locale;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PositionTests {

	@Test
	void textIsThatOfPostgresWithDatabaseAndTimelineInFront() {
		assertThat(new Position("atlas", 1, 0x16B3748L)).hasToString("atlas:1:0/16B3748");
		assertThat(new Position("my-shop", 12, 0xA_0000_00FFL)).hasToString("my-shop:12:A/FF");
	}

	@Property
	void isReadFromItsText(@ForAll @NotBlank String database, @ForAll @IntRange(min = 0) int timeline,
			@ForAll long value) {
		Position position = new Position(database, timeline, value);
		assertThat(Position.parse(position.toString())).isEqualTo(position);
	}

	@Test
	void textIsTheSameInEveryLocale() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("th-TH-u-nu-thai"));
			assertThat(new Position("atlas", 7, 0x9_0000_0001L)).hasToString("atlas:7:9/1");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "atlas", "atlas:1", "atlas:1:", "atlas:1:0", "atlas:1:0/", ":1:0/1", " :1:0/1",
			"atlas:-1:0/1", "atlas::0/1", "atlas:1:0/123456789", "atlas:1:G/1", "atlas:1:0/1 ", "atlas:1:0/1\n",
			"atlas:99999999999:0/1", "atlas:2147483648:0/1", "atlas:\u0e51:0/1", "atlas:1:\u0660/1" })
	void garbageIsNoPosition(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Position.parse(text));
	}

	@Property
	void anyTextIsAPositionOrRefused(@ForAll String text) {
		try {
			assertThat(Position.parse(text)).isNotNull();
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining(text.isBlank() ? "is no position" : text);
		}
	}

	@Test
	void refusalSaysWhatWasExpected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Position.parse("atlas@5"))
			.withMessage(
					"'atlas@5' is no position; expected <database>:<timeline>:<high>/<low>, such as 'atlas:1:0/16B3748'");
	}

	@Test
	void comesAfterWhatIsBehindItOrOfAnEarlierTimeline() {
		Position position = new Position("atlas", 2, 100);
		assertThat(position.isAfter(new Position("atlas", 2, 99))).isTrue();
		assertThat(position.isAfter(position)).isFalse();
		assertThat(position.isAfter(new Position("atlas", 1, 500))).isTrue();
		assertThat(position.isAfter(new Position("atlas", 3, 1))).isFalse();
		assertThat(position.isAfter(Position.ofTime("atlas", Long.MAX_VALUE))).isTrue();
		assertThat(new Position("atlas", 2, -1).isAfter(position)).isTrue();
	}

	@Property
	void neverReachesAPositionOfAnotherTimeline(@ForAll @IntRange(min = 0, max = 3) int timeline,
			@ForAll @IntRange(min = 0, max = 3) int other, @ForAll long value, @ForAll long otherValue) {
		Position position = new Position("atlas", timeline, value);
		boolean reaches = position.reaches(new Position("atlas", other, otherValue));
		assertThat(reaches)
			.isEqualTo(timeline > 0 && timeline == other && Long.compareUnsigned(value, otherValue) >= 0);
	}

	@Test
	void momentIsNoPlaceInALog() {
		assertThat(Position.ofTime("atlas", 1).isTime()).isTrue();
		assertThat(new Position("atlas", 1, 1).isTime()).isFalse();
	}

}
