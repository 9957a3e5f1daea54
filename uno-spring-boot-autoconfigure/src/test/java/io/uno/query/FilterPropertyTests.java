package io.uno.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

import io.uno.error.InvalidQueryException;
import io.uno.type.GeoPoint;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Combinators.F3;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class FilterPropertyTests {

	private static final List<BiFunction<Filter.Condition<City, Object>, Object, Filter<City>>> COMPARISONS = List.of(
			Filter.Condition::equalTo, Filter.Condition::notEqualTo, Filter.Condition::lessThan,
			Filter.Condition::lessThanOrEqualTo, Filter.Condition::greaterThan, Filter.Condition::greaterThanOrEqualTo);

	@Property
	void textOfAFilterMakesAnEqualFilter(@ForAll("filters") Filter<City> filter) {
		Filter<City> parsed = Filter.parse(City.class, filter.toString());
		assertThat(parsed).isEqualTo(filter).hasSameHashCodeAs(filter).hasToString(filter.toString());
	}

	@Property
	void filtersThatDifferHaveTextsThatDiffer(@ForAll("filters") Filter<City> one,
			@ForAll("filters") Filter<City> other) {
		assertThat(one.equals(other)).isEqualTo(one.toString().equals(other.toString()));
	}

	@Property
	void anyTextIsAFilterOrRefused(@ForAll String text) {
		try {
			Filter.parse(City.class, text);
		}
		catch (InvalidQueryException ex) {
			assertThat(ex.getPosition()).isBetween(1, text.length() + 1);
		}
	}

	@Property
	void aFilterThatIsCutOffIsAFilterOrRefused(@ForAll("filters") Filter<City> filter, @ForAll("cuts") double cut) {
		String text = filter.toString();
		String start = text.substring(0, (int) (text.length() * cut));
		assertThatCode(() -> parseLeniently(start)).doesNotThrowAnyException();
	}

	private static void parseLeniently(String text) {
		try {
			Filter.parse(City.class, text);
		}
		catch (InvalidQueryException ex) {
			assertThat(ex.getPosition()).isPositive();
		}
	}

	@Provide
	Arbitrary<Double> cuts() {
		return Arbitraries.doubles().between(0, 1);
	}

	@Provide
	Arbitrary<Filter<City>> filters() {
		Arbitrary<Comparison> comparisons = Combinators.combine(paths(), Arbitraries.of(COMPARISONS), values())
			.as((F3<String, BiFunction<Filter.Condition<City, Object>, Object, Filter<City>>, Object, Comparison>) Comparison::new);
		return comparisons.list()
			.ofMinSize(1)
			.ofMaxSize(5)
			.map((list) -> list.stream().map(Comparison::filter).reduce(Filter::and).orElseThrow());
	}

	private static Arbitrary<String> paths() {
		return Arbitraries.of("name", "and", "true", "null", "größe", "$x", "_a1", "名前")
			.list()
			.ofMinSize(1)
			.ofMaxSize(3)
			.map((steps) -> String.join(".", steps));
	}

	private static Arbitrary<Object> values() {
		return Arbitraries.oneOf(Arbitraries.strings(), Arbitraries.of("'", "''", "' or 1=1 --", "\\", "\u0000", ""),
				Arbitraries.integers(), Arbitraries.longs(), Arbitraries.bigIntegers().map(BigInteger::negate),
				Arbitraries.bigDecimals().map((number) -> number.scaleByPowerOfTen(30)),
				Arbitraries.of(new BigDecimal("1E+400"), new BigDecimal("1E-400")), Arbitraries.doubles(),
				Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, -0.0),
				Arbitraries.floats(), Arbitraries.of(true, false), Arbitraries.chars(),
				Arbitraries.of(City.Feature.values()), Arbitraries.create(UUID::randomUUID),
				Arbitraries.longs().between(-1L << 40, 1L << 40).map(Instant::ofEpochSecond),
				Arbitraries.doubles().between(-90, 90).map((degrees) -> new GeoPoint(degrees, degrees)));
	}

	private record Comparison(String path, BiFunction<Filter.Condition<City, Object>, Object, Filter<City>> operator,
			Object value) {

		Filter<City> filter() {
			return this.operator.apply(Filter.of(City.class).where(this.path), this.value);
		}

	}

}
