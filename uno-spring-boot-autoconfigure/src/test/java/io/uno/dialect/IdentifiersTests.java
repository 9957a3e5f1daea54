package io.uno.dialect;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.postgresql.core.Utils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Identifiers}.
 */
class IdentifiersTests {

	@Test
	void quotesAName() {
		assertThat(Identifiers.quote("order")).isEqualTo("\"order\"");
	}

	@Test
	void doublesAQuoteInsideTheName() {
		assertThat(Identifiers.quote("a\"; drop table b")).isEqualTo("\"a\"\"; drop table b\"");
	}

	@Test
	void qualifiesANameByItsSchema() {
		assertThat(Identifiers.qualify("public", "City")).isEqualTo("\"public\".\"City\"");
	}

	@Test
	void refusesAnEmptyName() {
		assertThatIllegalArgumentException().isThrownBy(() -> Identifiers.quote(""))
			.withMessage("An identifier can't be empty");
	}

	@Test
	void refusesANullCharacter() {
		assertThatIllegalArgumentException().isThrownBy(() -> Identifiers.quote("a\0b"))
			.withMessage("The identifier 'a?b' holds a null character, which no name can");
	}

	@Test
	void derivesANameFromThatOfATable() {
		assertThat(Identifiers.derive("visit", "history")).isEqualTo("visit_history");
		assertThat(Identifiers.derive("v".repeat(55), "history")).isEqualTo("v".repeat(55) + "_history");
	}

	@Test
	void tellsShortenedNamesApart() {
		String one = Identifiers.derive("v".repeat(60) + "a", "history");
		String other = Identifiers.derive("v".repeat(60) + "b", "history");
		assertThat(one).hasSize(63).startsWith("v".repeat(46) + "_").endsWith("_history").isNotEqualTo(other);
	}

	@Property
	void derivesNamesThatTheServerKeepsWhole(@ForAll @StringLength(min = 1, max = 80) String name) {
		assertThat(Identifiers.derive(name, "history").getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
	}

	@Property
	void quotesAsTheDriverDoes(@ForAll @StringLength(min = 1, max = 63) @CharRange(from = 1, to = 0x2FF) String name)
			throws SQLException {
		assertThat(Identifiers.quote(name)).isEqualTo(Utils.escapeIdentifier(null, name).toString());
	}

}
