package io.uno.bulk;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Writes a {@link BigDecimal} as PostgreSQL's {@code numeric}: digits to the base of
 * 10,000, of which the first one's weight and the number of decimal digits after the
 * point are told.
 */
final class NumericEncoder implements ColumnEncoder {

	private static final int HEADER = 4 * Short.BYTES;

	private static final int DECIMAL_DIGITS = 4;

	private static final int BASE = 10_000;

	private static final int POSITIVE = 0x0000;

	private static final int NEGATIVE = 0x4000;

	private static final int GREATEST_SCALE = 16_383;

	private static final int GREATEST_WHOLE_DIGITS = 131_072;

	private final int precision;

	private final int scale;

	NumericEncoder(int precision, int scale) {
		this.precision = precision;
		this.scale = scale;
	}

	@Override
	public void encode(Object value, CopyBuffer target) throws RowRefusedException {
		BigDecimal number = (BigDecimal) value;
		requireFits(number);
		int scale = Math.max(number.scale(), 0);
		int padding = Math.floorMod(-scale, DECIMAL_DIGITS);
		// the unscaled value, with as many zeros as make its fraction whole groups
		BigInteger groups = number.setScale(scale + padding, RoundingMode.UNNECESSARY).unscaledValue().abs();
		put(target, groups, number.signum(), (scale + padding) / DECIMAL_DIGITS, scale);
	}

	private void requireFits(BigDecimal number) throws RowRefusedException {
		NumericLimit.require(number, this.precision, this.scale);
		if (number.scale() > GREATEST_SCALE) {
			throw new RowRefusedException("the number has %d decimal places, and PostgreSQL keeps up to %d"
				.formatted(number.scale(), GREATEST_SCALE));
		}
		if ((long) number.precision() - number.scale() > GREATEST_WHOLE_DIGITS) {
			throw new RowRefusedException(
					"the number has more than %d digits before the decimal point".formatted(GREATEST_WHOLE_DIGITS));
		}
	}

	private static void put(CopyBuffer target, BigInteger groups, int sign, int fractionGroups, int scale) {
		short[] digits = digits(groups);
		target.putInt(HEADER + digits.length * Short.BYTES);
		target.putShort(digits.length);
		target.putShort((digits.length == 0) ? 0 : digits.length - fractionGroups - 1);
		target.putShort((sign < 0) ? NEGATIVE : POSITIVE);
		target.putShort(scale);
		for (short digit : digits) {
			target.putShort(digit);
		}
	}

	private static short[] digits(BigInteger groups) {
		return (groups.bitLength() < Long.SIZE) ? digits(groups.longValue()) : largeDigits(groups);
	}

	private static short[] digits(long value) {
		int count = 0;
		for (long rest = value; rest != 0; rest /= BASE) {
			count++;
		}
		short[] digits = new short[count];
		long rest = value;
		for (int i = count - 1; i >= 0; i--) {
			digits[i] = (short) (rest % BASE);
			rest /= BASE;
		}
		return digits;
	}

	private static short[] largeDigits(BigInteger value) {
		String decimal = value.toString();
		int count = (decimal.length() + DECIMAL_DIGITS - 1) / DECIMAL_DIGITS;
		short[] digits = new short[count];
		int end = decimal.length();
		for (int i = count - 1; i >= 0; i--) {
			int start = Math.max(0, end - DECIMAL_DIGITS);
			digits[i] = (short) Integer.parseInt(decimal, start, end, 10);
			end = start;
		}
		return digits;
	}

}
