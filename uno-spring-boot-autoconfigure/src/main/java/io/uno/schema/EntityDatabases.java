package io.uno.schema;

/**
 * Which database an entity belongs to.
 *
 * @since 0.1.0
 */
public interface EntityDatabases {

	/**
	 * Returns the database of an entity.
	 * @param entity the class of the entity
	 * @return the name of its database
	 */
	String ownerOf(Class<?> entity);

	/**
	 * Makes sure that there is a database.
	 * @param name name of the database
	 * @return the name
	 * @throws RuntimeException if there is none of this name; the message lists the known
	 * ones
	 */
	String require(String name);

	/**
	 * Returns the database that is meant where none is named.
	 * @return the name of the default database
	 */
	String getDefault();

	/**
	 * Has the running transaction work on a database, before its connection is fetched.
	 * @param name name of the database
	 */
	void claim(String name);

}
