package io.uno.error;

import org.springframework.dao.EmptyResultDataAccessException;

/**
 * An entity was asked for that the database does not have.
 *
 * @since 0.1.0
 * @see AmbiguousEntityException
 */
public class NoSuchEntityException extends EmptyResultDataAccessException {

	private static final long serialVersionUID = 1L;

	private final String entityName;

	private final String criterion;

	/**
	 * Create an exception.
	 * @param entityName the name of the entity
	 * @param criterion what it was asked for by, such as {@code geonameId = 2657896}
	 */
	public NoSuchEntityException(String entityName, String criterion) {
		super("No %s with %s".formatted(entityName, criterion), 1);
		this.entityName = entityName;
		this.criterion = criterion;
	}

	/**
	 * Return which entity was asked for.
	 * @return the name of the entity
	 */
	public String getEntityName() {
		return this.entityName;
	}

	/**
	 * Return what it was asked for by.
	 * @return attributes and values, such as {@code geonameId = 2657896}
	 */
	public String getCriterion() {
		return this.criterion;
	}

}
