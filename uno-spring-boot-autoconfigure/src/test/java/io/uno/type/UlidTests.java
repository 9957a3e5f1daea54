package io.uno.type;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.util.SerializationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class UlidTests {

	private static final int THREADS = 8;

	private static final int EACH = 20_000;

	private static final Ulid EXAMPLE = Ulid.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");

	private final ColumnType<Ulid> type = ColumnType.of(Ulid.class).orElseThrow();

	@Test
	void tellsItsTime() {
		assertThat(EXAMPLE.time()).isEqualTo(Instant.ofEpochMilli(1469922850259L));
		assertThat(Ulid.next().time()).isCloseTo(Instant.now(), within(Duration.ofSeconds(5)));
	}

	@Test
	void hasTheBitsOfItsUuid() {
		assertThat(EXAMPLE.toUuid()).hasToString("01563e3a-b5d3-d676-4c61-efb99302bd5b");
		assertThat(Ulid.of(EXAMPLE.toUuid())).isEqualTo(EXAMPLE).hasSameHashCodeAs(EXAMPLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01ARZ3NDEKTSV4RRFFQ69G5FA", "01ARZ3NDEKTSV4RRFFQ69G5FAVX",
			"81ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FA!", "01563e3a-b5d3-d676-4c61-efb99302bd5b" })
	void refusesTextThatIsNoUlid(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Ulid.parse(text))
			.withMessage("'%s' is not a ULID: it has 26 characters of Crockford's base 32, the first from 0 to 7"
				.formatted(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1-1-1-1-1", "01563e3ab5d3d6764c61efb99302bd5b" })
	void columnRefusesTextThatIsNeitherUuidNorUlid(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.type.parse(text))
			.withMessageStartingWith("'%s' is not a ULID".formatted(text));
	}

	@Test
	void isReadInLowerCaseToo() {
		assertThat(Ulid.parse("01arz3ndektsv4rrffq69g5fav")).isEqualTo(EXAMPLE);
		assertThat(EXAMPLE).hasToString("01ARZ3NDEKTSV4RRFFQ69G5FAV");
	}

	@Property
	void survivesItsTextAndItsColumn(@ForAll long most, @ForAll long least) {
		Ulid ulid = Ulid.of(new UUID(most, least));
		assertThat(Ulid.parse(ulid.toString())).isEqualTo(ulid);
		assertThat(this.type.parse(this.type.format(ulid))).isEqualTo(ulid);
		assertThat(this.type.parse(ulid.toString())).isEqualTo(ulid);
		ByteBuffer binary = ByteBuffer.allocate(this.type.binaryLength(ulid));
		this.type.write(ulid, binary);
		assertThat(binary.flip().getLong()).isEqualTo(most);
		assertThat(binary.getLong()).isEqualTo(least);
		assertThat(binary.hasRemaining()).isFalse();
	}

	@Property
	void isOrderedAsItsTextForms(@ForAll long most, @ForAll long least, @ForAll long otherMost,
			@ForAll long otherLeast) {
		Ulid one = Ulid.of(new UUID(most, least));
		Ulid other = Ulid.of(new UUID(otherMost, otherLeast));
		int order = Integer.signum(one.compareTo(other));
		assertThat(Integer.signum(one.toString().compareTo(other.toString()))).isEqualTo(order);
		assertThat(Integer.signum(this.type.format(one).compareTo(this.type.format(other)))).isEqualTo(order);
		assertThat(one.equals(other)).isEqualTo(order == 0);
	}

	@Test
	void isMadeInOrderByManyThreads() throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		Callable<List<Ulid>> task = () -> {
			start.await();
			return Stream.generate(Ulid::next).limit(EACH).toList();
		};
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			Set<Ulid> all = new HashSet<>();
			for (Future<List<Ulid>> made : executor
				.invokeAll(new ArrayList<>(Stream.generate(() -> task).limit(THREADS).toList()))) {
				assertThat(made.get()).isSorted();
				all.addAll(made.get());
			}
			assertThat(all).hasSize(THREADS * EACH);
			assertThat(all).allMatch((earlier) -> earlier.compareTo(Ulid.next()) < 0);
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void isConvertedBySpring() {
		DefaultConversionService conversion = new DefaultConversionService();
		assertThat(conversion.convert(EXAMPLE.toString(), Ulid.class)).isEqualTo(EXAMPLE);
		assertThat(conversion.convert(EXAMPLE, String.class)).isEqualTo(EXAMPLE.toString());
	}

	@Test
	void isSerializable() {
		assertThat(SerializationUtils.clone(EXAMPLE)).isEqualTo(EXAMPLE);
	}

}
