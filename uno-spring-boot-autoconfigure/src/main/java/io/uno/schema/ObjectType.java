package io.uno.schema;

/**
 * Kinds of objects in a database, in an order in which a server accepts them.
 *
 * @since 0.1.0
 */
public enum ObjectType {

	/**
	 * Schemas that tables name.
	 */
	SCHEMA,

	/**
	 * Types of columns that Hibernate defines, such as enumerated ones.
	 */
	TYPE,

	/**
	 * Sequences that ids are drawn from.
	 */
	SEQUENCE,

	/**
	 * Tables and views with their columns, primary and unique keys, checks and comments.
	 */
	TABLE,

	/**
	 * Indexes.
	 */
	INDEX,

	/**
	 * Constraints that are added when all tables are there: foreign keys.
	 */
	CONSTRAINT,

	/**
	 * Functions.
	 * @see io.uno.model.DatabaseFunction
	 */
	FUNCTION,

	/**
	 * Tables, functions and triggers that keep the history of rows.
	 * @see io.uno.model.History
	 */
	HISTORY,

	/**
	 * Triggers.
	 * @see io.uno.model.DatabaseTrigger
	 */
	TRIGGER,

	/**
	 * Privileges of roles.
	 * @see io.uno.model.Grant
	 */
	GRANT,

	/**
	 * Row level security and its policies.
	 * @see io.uno.model.RowLevelSecurity
	 */
	POLICY

}
