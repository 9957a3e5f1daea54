package io.uno.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GeoPointTests {

	private final ColumnType<GeoPoint> type = ColumnType.of(GeoPoint.class).orElseThrow();

	@ParameterizedTest
	@CsvSource({ "90.1,0,Latitude 90.1 is not within -90 and 90 degrees",
			"NaN,0,Latitude NaN is not within -90 and 90 degrees",
			"0,-180.5,Longitude -180.5 is not within -180 and 180 degrees",
			"0,Infinity,Longitude Infinity is not within -180 and 180 degrees" })
	void refusesWhatIsNotOnTheGlobe(double latitude, double longitude, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> new GeoPoint(latitude, longitude)).withMessage(message);
	}

	@Test
	void acceptsThePolesAndTheDateLine() {
		assertThat(new GeoPoint(90, -180).latitude()).isEqualTo(90);
		assertThat(new GeoPoint(-90, 180).longitude()).isEqualTo(180);
	}

	@Test
	void hasTheTextFormOfPostgresWithTheLongitudeFirst() {
		assertThat(this.type.format(new GeoPoint(47.37, 8.54))).isEqualTo("(8.54,47.37)");
		assertThat(this.type.parse("(8.54,47.37)")).isEqualTo(new GeoPoint(47.37, 8.54));
		assertThat(this.type.parse(" ( 1e1 , -2 ) ")).isEqualTo(new GeoPoint(-2, 10));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "8,47", "(8)", "(8,47,1)", "((8,47))" })
	void refusesTextThatIsNoPoint(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.type.parse(text))
			.withMessage("'%s' is not a point of the form (longitude,latitude)".formatted(text));
	}

	@Test
	void refusesCoordinatesThatAreNoNumbers() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.type.parse("(a,1)"))
			.withMessage("'a' in the point '(a,1)' is not a number");
	}

	@Test
	void isTheOnlyTypeFoundByItsClass() {
		assertThat(ColumnType.of(String.class)).isEmpty();
		assertThat(ColumnType.all()).contains(this.type);
	}

}
