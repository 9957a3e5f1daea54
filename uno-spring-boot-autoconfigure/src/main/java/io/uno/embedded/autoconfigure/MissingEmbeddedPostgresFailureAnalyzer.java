package io.uno.embedded.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the dependency to add.
 */
class MissingEmbeddedPostgresFailureAnalyzer extends AbstractFailureAnalyzer<MissingEmbeddedPostgresException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingEmbeddedPostgresException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Add the dependency '%s', in a project that only tests with it in test scope, or set a url for each database."
					.formatted(MissingEmbeddedPostgresException.DEPENDENCY),
				cause);
	}

}
