package io.uno.datasource;

import java.util.Collection;
import java.util.List;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Thrown when a database is asked for by a name that none has.
 *
 * @since 0.1.0
 */
public class UnknownDatabaseException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String name;

	@SuppressWarnings("serial") // List.copyOf is serializable
	private final List<String> known;

	/**
	 * Creates the exception.
	 * @param name the name asked for
	 * @param known names of all databases
	 */
	public UnknownDatabaseException(String name, Collection<String> known) {
		super("No database is called '%s'; name one of %s, or declare 'uno.databases.%s.url'".formatted(name,
				String.join(", ", known), name));
		this.name = name;
		this.known = List.copyOf(known);
	}

	/**
	 * Returns the name asked for.
	 * @return the name that no database has
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Returns the names that would have been possible.
	 * @return names of all databases
	 */
	public List<String> getKnown() {
		return this.known;
	}

}
