package io.uno.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The median of some measurements, and the limits between which the true one lies with a
 * probability of at least 95 %. The limits are order statistics: whatever the
 * distribution is, the number of measurements below the true median is binomial with
 * probability 1/2 (Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2;
 * Hahn and Meeker, Statistical Intervals, chapter 5).
 *
 * @param median the median
 * @param low the lower limit
 * @param high the upper limit
 */
record Interval(double median, double low, double high) {

	private static final double CONFIDENCE = 0.95;

	/**
	 * Finds the interval. Too few measurements for the confidence give the widest one
	 * there is, from the least to the greatest.
	 * @param measurements independent measurements of one thing, in any order
	 * @return their interval
	 */
	static Interval of(double... measurements) {
		double[] sorted = measurements.clone();
		Arrays.sort(sorted);
		int count = sorted.length;
		int outside = outside(count);
		double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
		return new Interval(median, sorted[outside], sorted[count - 1 - outside]);
	}

	/**
	 * Returns how probable it really is that the true median is within the limits.
	 * @param count the number of measurements
	 * @return the probability, below 95 % when there are fewer than six
	 */
	static double coverage(int count) {
		return 1 - 2 * atMost(outside(count), count);
	}

	/**
	 * How many measurements may be left out at each end.
	 */
	private static int outside(int count) {
		int outside = 0;
		while (1 - 2 * atMost(outside + 1, count) >= CONFIDENCE) {
			outside++;
		}
		return outside;
	}

	private static double atMost(int successes, int count) {
		double term = Math.pow(0.5, count);
		double sum = 0;
		for (int i = 0; i <= successes; i++) {
			sum += term;
			term = term * (count - i) / (i + 1);
		}
		return sum;
	}

	/**
	 * Converts to another unit.
	 * @param conversion an increasing function
	 * @return the converted interval
	 */
	Interval map(DoubleUnaryOperator conversion) {
		return new Interval(conversion.applyAsDouble(this.median), conversion.applyAsDouble(this.low),
				conversion.applyAsDouble(this.high));
	}

}
