package io.uno.dialect;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Literals}.
 */
class LiteralsTests {

	@Test
	void quotesAText() {
		assertThat(Literals.quote("it's")).isEqualTo("'it''s'");
	}

	@Test
	void quotesABackslashForEverySettingOfTheServer() {
		assertThat(Literals.quote("a\\'b")).isEqualTo("E'a\\\\''b'");
	}

	@Test
	void leavesABodyReadable() {
		assertThat(Literals.dollarQuote("select 'it''s'")).isEqualTo("$$select 'it''s'$$");
	}

	@Test
	void takesATagThatTheBodyDoesNotHave() {
		assertThat(Literals.dollarQuote("$$ $body$")).isEqualTo("$body2$$$ $body$$body2$");
	}

	@Test
	void takesATagWhereTheBodyEndsWithADollar() {
		assertThat(Literals.dollarQuote("cost in $")).isEqualTo("$body$cost in $$body$");
	}

	@Test
	void refusesANullCharacter() {
		assertThatIllegalArgumentException().isThrownBy(() -> Literals.quote("a\0b"))
			.withMessage("The text 'a?b' holds a null character, which no text can");
		assertThatIllegalArgumentException().isThrownBy(() -> Literals.dollarQuote("a\0b"));
	}

	@Property
	void endsABodyWhereItEnds(
			@ForAll @StringLength(max = 12) @Chars({ '$', 'b', 'o', 'd', 'y', '2', ' ' }) String body) {
		String quoted = Literals.dollarQuote(body);
		String tag = quoted.substring(0, quoted.indexOf('$', 1) + 1);
		assertThat(quoted.indexOf(tag, tag.length())).isEqualTo(tag.length() + body.length());
		assertThat(quoted).hasSize(body.length() + 2 * tag.length()).startsWith(tag + body);
	}

}
