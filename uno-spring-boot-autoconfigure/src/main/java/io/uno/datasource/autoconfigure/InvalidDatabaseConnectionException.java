package io.uno.datasource.autoconfigure;

import java.util.List;

/**
 * Thrown at start when a container or a service can't be the connection of the database
 * that it names.
 */
class InvalidDatabaseConnectionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String source;

	private final List<String> actions;

	/**
	 * Create the exception.
	 * @param source the annotated or labelled thing, in words
	 * @param problem what is wrong with it, a sentence that goes on from the source
	 * @param actions the ways out, the most likely first
	 */
	InvalidDatabaseConnectionException(String source, String problem, String... actions) {
		super(source + " " + problem);
		this.source = source;
		this.actions = List.of(actions);
	}

	String getSource() {
		return this.source;
	}

	List<String> getActions() {
		return this.actions;
	}

}
