package io.uno.embedded;

/**
 * Thrown when an embedded database has a name that PostgreSQL, or uno, needs for
 * something else, so that its role would be another one than an ordinary one.
 *
 * @since 0.1.0
 */
public class ReservedDatabaseNameException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	private final String name;

	ReservedDatabaseNameException(String name) {
		super("The name '%s' is reserved, so that no embedded database and no role can have it".formatted(name));
		this.name = name;
	}

	/**
	 * Returns the name.
	 * @return the reserved name
	 */
	public String getName() {
		return this.name;
	}

}
