package io.uno.model;

/**
 * What a role may do with a table.
 *
 * @since 0.1.0
 * @see Grant
 */
public enum Privilege {

	/**
	 * Read rows.
	 */
	SELECT,

	/**
	 * Add rows.
	 */
	INSERT,

	/**
	 * Change rows.
	 */
	UPDATE,

	/**
	 * Remove rows.
	 */
	DELETE,

	/**
	 * Empty the table.
	 */
	TRUNCATE,

	/**
	 * Refer to the table by foreign keys.
	 */
	REFERENCES,

	/**
	 * Create triggers on the table.
	 */
	TRIGGER

}
