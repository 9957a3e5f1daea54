package io.uno.bulk;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The limit that {@code numeric(precision, scale)} sets.
 */
final class NumericLimit {

	private NumericLimit() {
	}

	/**
	 * Refuse a number that the column would overflow with, after rounding it to the
	 * column's scale as PostgreSQL does.
	 * @param number the number
	 * @param precision the greatest number of digits, or 0 when there is no limit
	 * @param scale the number of digits after the decimal point
	 * @throws RowRefusedException if the number is too large
	 */
	static void require(BigDecimal number, int precision, int scale) throws RowRefusedException {
		if (precision == 0 || number.signum() == 0 || wholeDigits(number) < precision - scale) {
			return;
		}
		if (wholeDigits(number) > precision - scale
				|| wholeDigits(number.setScale(scale, RoundingMode.HALF_UP)) > precision - scale) {
			throw new RowRefusedException("the number is too large for numeric(%d,%d)".formatted(precision, scale));
		}
	}

	private static long wholeDigits(BigDecimal number) {
		return (long) number.precision() - number.scale();
	}

}
