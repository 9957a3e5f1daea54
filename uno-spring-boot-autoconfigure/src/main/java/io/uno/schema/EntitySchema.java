package io.uno.schema;

import java.util.List;

/**
 * The database objects of one entity. Immutable, and so safe for use by many threads.
 *
 * @since 0.1.0
 * @see Schema#of(Class)
 */
public interface EntitySchema {

	/**
	 * Renders objects of some kinds, in an order that a server accepts.
	 * @param types the kinds
	 * @return statements, each ended by a semicolon and a line feed; empty when the
	 * entity has no such object
	 * @throws io.uno.error.SchemaMappingException if the entity asks for what its mapping
	 * or the vendor of its database does not allow
	 */
	String emit(ObjectType... types);

	/**
	 * Renders every object, in an order that a server accepts.
	 * @return statements, each ended by a semicolon and a line feed
	 * @throws io.uno.error.SchemaMappingException if the entity asks for what its mapping
	 * or the vendor of its database does not allow
	 */
	String emit();

	/**
	 * Renders every object, in an order that a server accepts.
	 * @return the statements, without semicolons between them
	 * @throws io.uno.error.SchemaMappingException if the entity asks for what its mapping
	 * or the vendor of its database does not allow
	 */
	List<String> statements();

	/**
	 * Creates every object on the primary of the entity's database, in the surrounding
	 * transaction or else in one of its own. Functions, triggers, grants and policies
	 * that are there are replaced; a table that is there is an error.
	 * @throws io.uno.error.SchemaMappingException if the entity asks for what its mapping
	 * or the vendor of its database does not allow
	 * @throws org.springframework.dao.DataAccessException if the server refuses a
	 * statement, which is part of the message
	 */
	void apply();

}
