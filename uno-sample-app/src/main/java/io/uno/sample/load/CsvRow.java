package io.uno.sample.load;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A row of a CSV file. Each value is checked when it is asked for.
 *
 * @param line the line of the file that it begins in, from 1
 * @param columns the names of the columns
 * @param fields the values, one for each column
 */
record CsvRow(long line, List<String> columns, List<String> fields) {

	private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

	String text(String column, int maxLength) throws RejectedRowException {
		String text = optionalText(column, maxLength);
		return (text != null) ? text : reject(column, "is empty");
	}

	@Nullable String optionalText(String column, int maxLength) throws RejectedRowException {
		String text = this.fields.get(this.columns.indexOf(column));
		if (text.length() > maxLength) {
			reject(column, "is %d characters long, at most %d are allowed".formatted(text.length(), maxLength));
		}
		if (text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0) {
			reject(column, "has a character that is not UTF-8 text");
		}
		return text.isBlank() ? null : text;
	}

	long wholeNumber(String column, long min, long max) throws RejectedRowException {
		String text = text(column, 20);
		if (!WHOLE_NUMBER.matcher(text).matches()) {
			reject(column, "'%s' is not a whole number".formatted(text));
		}
		long number = Long.parseLong(text);
		if (number < min || number > max) {
			reject(column, String.format(Locale.ROOT, "%d is not between %d and %d", number, min, max));
		}
		return number;
	}

	double degrees(String column, int limit) throws RejectedRowException {
		String text = text(column, 30);
		double degrees;
		try {
			degrees = new BigDecimal(text).doubleValue();
		}
		catch (NumberFormatException ex) {
			return reject(column, "'%s' is not a number".formatted(text));
		}
		if (Math.abs(degrees) > limit) {
			reject(column, "%s is not between -%d and %d".formatted(text, limit, limit));
		}
		return degrees;
	}

	<E extends Enum<E>> E oneOf(String column, Class<E> type) throws RejectedRowException {
		String text = text(column, 20);
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equals(text)) {
				return constant;
			}
		}
		return reject(column, "'%s' is none of %s".formatted(text, Arrays.toString(type.getEnumConstants())));
	}

	<T> T reject(String column, String reason) throws RejectedRowException {
		throw new RejectedRowException(new RejectedRow(this.line, column, reason));
	}

}
