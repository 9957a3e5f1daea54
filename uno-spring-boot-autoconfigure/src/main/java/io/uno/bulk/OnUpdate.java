package io.uno.bulk;

/**
 * What becomes of a column when an upsert finds its row.
 */
enum OnUpdate {

	/**
	 * It stays as it is: an id, or an attribute that is not updatable.
	 */
	KEEP,

	/**
	 * It gets the new value, and a difference makes the row one that is updated.
	 */
	SET,

	/**
	 * It gets a value generated for the update, which alone is no reason for one.
	 */
	REGENERATE,

	/**
	 * It is a version that counts, and gets the next number.
	 */
	INCREMENT

}
