package io.uno.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.uno.error.InvalidQueryException;

/**
 * Reads the text of a filter:
 *
 * <pre>
 * filter     = comparison { "and" comparison }
 * comparison = path ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 * path       = attribute { "." attribute }
 * value      = text in single quotes, a quote doubled | number | "true" | "false"
 * </pre>
 *
 * Words may be written in capitals. To be used once.
 */
final class FilterParser {

	private static final Pattern NUMBER = Pattern.compile("-?[0-9]++(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

	/** The longer ones first, of which the shorter ones are beginnings. */
	private static final List<Operator> OPERATORS = Arrays.stream(Operator.values())
		.sorted(Comparator.comparing((operator) -> -operator.toString().length()))
		.toList();

	private final String text;

	private int index;

	FilterParser(String text) {
		this.text = text;
	}

	Expression parse() {
		List<Expression> terms = new ArrayList<>(List.of(comparison()));
		while (!atEnd()) {
			and();
			terms.add(comparison());
		}
		return (terms.size() == 1) ? terms.get(0) : new Expression.Conjunction(terms);
	}

	private Expression comparison() {
		return new Expression.Comparison(path(), operator(), literal());
	}

	private AttributePath path() {
		Origin origin = next();
		String path = take((character) -> Character.isJavaIdentifierPart(character) || character == '.');
		if (path.isEmpty()) {
			throw expected("an attribute");
		}
		return AttributePath.of(path, origin);
	}

	private Operator operator() {
		next();
		for (Operator operator : OPERATORS) {
			if (this.text.startsWith(operator.toString(), this.index)) {
				this.index += operator.toString().length();
				return operator;
			}
		}
		throw expected("one of " + Operator.symbols());
	}

	private Literal literal() {
		Origin origin = next();
		if (this.text.startsWith("'", this.index)) {
			return Literal.written(Literal.Kind.TEXT, quoted(origin), origin);
		}
		String word = take((character) -> Character.isJavaIdentifierPart(character) || "+-.".indexOf(character) >= 0);
		if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
			return Literal.written(Literal.Kind.BOOLEAN, word.toLowerCase(Locale.ROOT), origin);
		}
		Matcher number = NUMBER.matcher(word);
		if (!number.matches()) {
			this.index -= word.length();
			throw expected("a text in single quotes, a number, true or false");
		}
		return Literal.written(Literal.Kind.NUMBER, word, origin);
	}

	private String quoted(Origin origin) {
		StringBuilder content = new StringBuilder();
		int from = this.index + 1;
		int quote = this.text.indexOf('\'', from);
		while (quote >= 0) {
			content.append(this.text, from, quote);
			this.index = quote + 1;
			if (!this.text.startsWith("'", this.index)) {
				return content.toString();
			}
			content.append('\'');
			from = quote + 2;
			quote = this.text.indexOf('\'', from);
		}
		throw origin.refuse("The text that begins here does not end with a single quote");
	}

	private void and() {
		String word = take(Character::isJavaIdentifierPart);
		if (!word.equalsIgnoreCase("and")) {
			this.index -= word.length();
			throw expected("'and' or the end");
		}
	}

	private boolean atEnd() {
		next();
		return this.index == this.text.length();
	}

	private Origin next() {
		take(Character::isWhitespace);
		return new Origin(this.text, this.index + 1);
	}

	private String take(IntPredicate characters) {
		int start = this.index;
		while (this.index < this.text.length() && characters.test(this.text.codePointAt(this.index))) {
			this.index += Character.charCount(this.text.codePointAt(this.index));
		}
		return this.text.substring(start, this.index);
	}

	private InvalidQueryException expected(String what) {
		String found = (this.index == this.text.length()) ? "the end"
				: "'" + Character.toString(this.text.codePointAt(this.index)) + "'";
		return new Origin(this.text, this.index + 1).refuse("Expected %s but found %s".formatted(what, found));
	}

}
