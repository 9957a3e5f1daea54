package io.uno.routing;

import java.util.List;

import io.uno.datasource.Database;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Thrown when a transaction is to act as a role that is not declared for its database.
 *
 * @since 0.1.0
 */
public class RoleNotPermittedException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String role;

	private final String database;

	@SuppressWarnings("serial") // List.copyOf is serializable
	private final List<String> permitted;

	/**
	 * Creates the exception.
	 * @param role role that was asked for
	 * @param database database that the transaction works on
	 */
	public RoleNotPermittedException(String role, Database database) {
		super("A transaction on database '%s' can't act as role '%s'; permitted: %s. Roles are permitted by 'uno.roles' and 'uno.databases.<name>.roles'"
			.formatted(database.name(), role,
					database.roles().isEmpty() ? "none" : String.join(", ", database.roles())));
		this.role = role;
		this.database = database.name();
		this.permitted = database.roles();
	}

	/**
	 * Returns the role that was asked for.
	 * @return its name
	 */
	public String getRole() {
		return this.role;
	}

	/**
	 * Returns the database that the transaction works on.
	 * @return its name
	 */
	public String getDatabase() {
		return this.database;
	}

	/**
	 * Returns the roles that would have been possible.
	 * @return names of the roles, in the order of their declaration
	 */
	public List<String> getPermitted() {
		return this.permitted;
	}

}
