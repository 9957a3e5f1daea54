package io.uno.datasource.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

/**
 * Thrown at start when what the properties say of databases and replicas can't be carried
 * out.
 *
 * @since 0.1.0
 */
public class InvalidDatabasesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final transient @Nullable Origin origin;

	@SuppressWarnings("serial") // List.copyOf is serializable
	private final List<String> actions;

	/**
	 * Creates the exception.
	 * @param property full key of the property to look at
	 * @param origin where it was set, {@code null} when it is missing or its origin is
	 * not known
	 * @param problem what is wrong with it, in words that follow its name
	 * @param actions the ways out, the most likely first
	 */
	public InvalidDatabasesException(String property, @Nullable Origin origin, String problem, String... actions) {
		super("Property '%s'%s %s".formatted(property, (origin != null) ? " (" + origin + ")" : "", problem));
		this.property = property;
		this.origin = origin;
		this.actions = List.of(actions);
	}

	InvalidDatabasesException(String property, String problem, String... actions) {
		this(property, null, problem, actions);
	}

	/**
	 * Returns the property to look at.
	 * @return the full key of the property
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Returns where the property was set.
	 * @return its origin, {@code null} when it is missing or its origin is not known
	 */
	public @Nullable Origin getOrigin() {
		return this.origin;
	}

	/**
	 * Returns what could be done about it.
	 * @return the ways out, the most likely first
	 */
	public List<String> getActions() {
		return this.actions;
	}

}
