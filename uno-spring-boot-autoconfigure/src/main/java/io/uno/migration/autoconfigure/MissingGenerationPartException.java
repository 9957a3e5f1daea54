package io.uno.migration.autoconfigure;

/**
 * A migration is to be generated, and what that takes is not there.
 */
class MissingGenerationPartException extends MigrationSetupException {

	private static final long serialVersionUID = 1L;

	MissingGenerationPartException(String missing, String action) {
		super("'%s' is set, and %s".formatted(MigrationProperties.GENERATE, missing), action);
	}

}
