package io.uno.error;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * A filter, an order or a position does not fit the entity that it is meant for: it can't
 * be read, names an attribute that does not exist, or holds a value that is none of the
 * attribute's type. Nothing was sent to the database. The message names what is wrong and
 * what would be right.
 *
 * @since 0.1.0
 */
public class InvalidQueryException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final int position;

	/**
	 * Create an exception.
	 * @param message what is wrong
	 * @param position the number of the character, from 1, where the text is wrong; 0
	 * where there is no text
	 */
	public InvalidQueryException(String message, int position) {
		super(message);
		this.position = position;
	}

	/**
	 * Return where the text is wrong.
	 * @return the number of the character, from 1; 0 where there is no text
	 */
	public int getPosition() {
		return this.position;
	}

}
