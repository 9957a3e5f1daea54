package io.uno.error;

import org.springframework.dao.IncorrectResultSizeDataAccessException;

/**
 * One entity was asked for, and the database has more than one.
 *
 * @since 0.1.0
 * @see NoSuchEntityException
 */
public class AmbiguousEntityException extends IncorrectResultSizeDataAccessException {

	private static final long serialVersionUID = 1L;

	private final String entityName;

	private final String criterion;

	/**
	 * Create an exception.
	 * @param entityName the name of the entity
	 * @param criterion what it was asked for by, such as {@code name = 'Springfield'}
	 */
	public AmbiguousEntityException(String entityName, String criterion) {
		super("More than one %s with %s".formatted(entityName, criterion), 1);
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
	 * @return attributes and values, such as {@code name = 'Springfield'}
	 */
	public String getCriterion() {
		return this.criterion;
	}

}
