package io.uno.error;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * A bulk operation was asked for something that the entity's mapping, or the table behind
 * it, does not allow. Nothing has been read from the source and nothing was written. The
 * message says what is in the way and what would do.
 *
 * @since 0.1.0
 */
public class BulkMappingException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String entityName;

	/**
	 * Create an exception.
	 * @param entityName the name of the entity's class
	 * @param message what is in the way
	 */
	public BulkMappingException(String entityName, String message) {
		super(message);
		this.entityName = entityName;
	}

	/**
	 * Return which entity cannot be written.
	 * @return the name of the entity's class
	 */
	public String getEntityName() {
		return this.entityName;
	}

}
