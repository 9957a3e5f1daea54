package io.uno.routing;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Thrown when a transaction on one database is asked to work on another.
 *
 * @since 0.1.0
 */
public class DatabaseSwitchException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String current;

	private final String requested;

	/**
	 * Creates the exception.
	 * @param current database that the transaction works on
	 * @param requested database that was asked for
	 */
	public DatabaseSwitchException(String current, String requested) {
		super("The running transaction works on database '%s' and can't work on '%s' as well; start another one for it (Propagation.REQUIRES_NEW)"
			.formatted(current, requested));
		this.current = current;
		this.requested = requested;
	}

	/**
	 * Returns the database that the transaction works on.
	 * @return its name
	 */
	public String getCurrent() {
		return this.current;
	}

	/**
	 * Returns the database that was asked for.
	 * @return its name
	 */
	public String getRequested() {
		return this.requested;
	}

}
