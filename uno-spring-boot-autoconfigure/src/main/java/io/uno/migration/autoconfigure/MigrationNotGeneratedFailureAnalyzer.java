package io.uno.migration.autoconfigure;

import io.uno.migration.MigrationNotGeneratedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why a migration was not generated.
 */
class MigrationNotGeneratedFailureAnalyzer extends AbstractFailureAnalyzer<MigrationNotGeneratedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MigrationNotGeneratedException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.getAction(), cause);
	}

}
