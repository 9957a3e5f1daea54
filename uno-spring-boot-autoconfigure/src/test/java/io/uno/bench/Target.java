package io.uno.bench;

/**
 * A limit that a measurement has to keep, and what was measured.
 *
 * @param subject what was measured
 * @param bound which side of the limit is the good one
 * @param limit the limit
 * @param measured what was measured
 */
record Target(String subject, Bound bound, double limit, Interval measured) {

	/**
	 * Returns whether the limit is met: the median is within it, and the interval not
	 * wholly outside.
	 * @return whether it is met
	 */
	boolean isMet() {
		return switch (this.bound) {
			case AT_LEAST -> this.measured.median() >= this.limit && this.measured.high() >= this.limit;
			case AT_MOST -> this.measured.median() <= this.limit && this.measured.low() <= this.limit;
		};
	}

	/**
	 * Which side of a limit is the good one.
	 */
	enum Bound {

		AT_LEAST("at least"), AT_MOST("at most");

		private final String words;

		Bound(String words) {
			this.words = words;
		}

		@Override
		public String toString() {
			return this.words;
		}

	}

}
