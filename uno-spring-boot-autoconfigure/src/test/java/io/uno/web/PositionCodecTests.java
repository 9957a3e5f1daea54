package io.uno.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.uno.datasource.Position;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PositionCodecTests {

	private static final String SECRET = "one key, as long as it has to be";

	private static final long NOW = 1_800_000_000_000L;

	private final PositionCodec codec = codec(SECRET);

	@Property(tries = 200)
	void positionsAreReadAsTheyWereWritten(
			@ForAll @Size(max = 5) List<@AlphaChars @StringLength(min = 1, max = 12) String> databases,
			@ForAll @IntRange(min = 0) int timeline, @ForAll long value) throws RefusedCookieException {
		List<Position> positions = databases.stream().map((name) -> new Position(name, timeline, value)).toList();
		assertThat(this.codec.decode(this.codec.encode(positions, NOW), NOW)).isEqualTo(positions);
	}

	@Test
	void everyChangedCharacterIsNoticed() {
		String text = this.codec.encode(List.of(new Position("atlas", 1, 42)), NOW);
		for (int i = 0; i < text.length(); i++) {
			char other = (text.charAt(i) == 'A') ? 'B' : 'A';
			String changed = text.substring(0, i) + other + text.substring(i + 1);
			assertThatExceptionOfType(RefusedCookieException.class).isThrownBy(() -> this.codec.decode(changed, NOW));
		}
	}

	@Test
	void anothersSignatureIsRefused() {
		String text = codec("another key that is long enough..").encode(List.of(new Position("atlas", 1, 42)), NOW);
		assertRefused(text, NOW, CookieRefusal.SIGNATURE);
	}

	@Test
	void textOfAnotherCookieIsRefused() {
		PositionCodec other = new PositionCodec("other", SECRET.getBytes(StandardCharsets.UTF_8),
				Duration.ofMinutes(5));
		assertRefused(other.encode(List.of(new Position("atlas", 1, 42)), NOW), NOW, CookieRefusal.SIGNATURE);
	}

	@Test
	void signedTextThatCannotBeReadIsRefused() {
		assertRefused(this.codec.encode(List.of(new Position("two\nlines", 1, 42)), NOW), NOW, CookieRefusal.GARBAGE);
	}

	@Test
	void replayedCookieIsRefusedWhenItsTimeIsOver() {
		String text = this.codec.encode(List.of(new Position("atlas", 1, 42)), NOW);
		assertRefused(text, NOW + Duration.ofMinutes(5).toMillis() + 1, CookieRefusal.TOO_OLD);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "atlas:1:0/2A", "%%%", "ÄÖÜ", "AAAA", "\n" })
	void garbageIsRefused(String text) {
		assertRefused(text, NOW, CookieRefusal.GARBAGE);
	}

	@Test
	void longTextIsRefused() {
		assertRefused("A".repeat(4001), NOW, CookieRefusal.TOO_LONG);
	}

	private void assertRefused(String text, long now, CookieRefusal refusal) {
		assertThatExceptionOfType(RefusedCookieException.class).isThrownBy(() -> this.codec.decode(text, now))
			.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(refusal));
	}

	private static PositionCodec codec(String secret) {
		return new PositionCodec("uno-position", secret.getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(5));
	}

}
