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
	 * Returns whether the limit is met, as its bound says.
	 * @return whether it is met
	 */
	boolean isMet() {
		return switch (this.bound) {
			case AT_LEAST -> this.measured.median() >= this.limit && this.measured.high() >= this.limit;
			case AT_MOST -> this.measured.median() <= this.limit && this.measured.low() <= this.limit;
			case LEVEL_OR_AT_MOST ->
				(this.measured.low() <= 1 && this.measured.high() >= 1) || this.measured.median() <= this.limit;
			case WHOLLY_ABOVE -> this.measured.low() > this.limit;
		};
	}

	/**
	 * Which side of a limit is the good one.
	 */
	enum Bound {

		/**
		 * The median reaches the limit, and the interval is not wholly below it.
		 */
		AT_LEAST("at least"),

		/**
		 * The median does not exceed the limit, and the interval is not wholly above it.
		 */
		AT_MOST("at most"),

		/**
		 * The interval of a ratio contains 1, or the median does not exceed the limit.
		 */
		LEVEL_OR_AT_MOST("level, or at most"),

		/**
		 * The whole interval exceeds the limit.
		 */
		WHOLLY_ABOVE("wholly above");

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
