package io.uno.error;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * A class asks for objects in the database that its mapping, or the vendor of the
 * database, does not allow. Nothing was sent to the database. The message says what is in
 * the way and what would do.
 *
 * @since 0.1.0
 */
public class SchemaMappingException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String entityName;

	/**
	 * Create an exception.
	 * @param entityName the name of the class
	 * @param message what is in the way
	 */
	public SchemaMappingException(String entityName, String message) {
		super(message);
		this.entityName = entityName;
	}

	/**
	 * Return which class asks for what is not possible.
	 * @return the name of the class
	 */
	public String getEntityName() {
		return this.entityName;
	}

}
