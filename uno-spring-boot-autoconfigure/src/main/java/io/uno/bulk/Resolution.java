package io.uno.bulk;

import org.jspecify.annotations.Nullable;

/**
 * What became of a natural key: the id of the entity that has it, or the reason why there
 * is none.
 *
 * @param id the id of the referenced entity, or {@code null}
 * @param key the key that was tried, or an empty text when it was found
 * @param problem why there is no id
 */
record Resolution(@Nullable Object id, String key, Problem problem) {

	static Resolution found(Object id) {
		return new Resolution(id, "", Problem.NONE);
	}

	static Resolution missing(String key) {
		return new Resolution(null, key, Problem.MISSING);
	}

	static Resolution ambiguous(String key) {
		return new Resolution(null, key, Problem.AMBIGUOUS);
	}

	static Resolution incomplete(String description) {
		return new Resolution(null, description, Problem.INCOMPLETE);
	}

	/**
	 * Why a key has no id.
	 */
	enum Problem {

		/**
		 * It has one.
		 */
		NONE,

		/**
		 * No entity has the key.
		 */
		MISSING,

		/**
		 * Several entities have the key.
		 */
		AMBIGUOUS,

		/**
		 * The reference has neither an id nor all attributes of a unique key.
		 */
		INCOMPLETE

	}

}
