package io.uno.migration.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows a {@link MigrationSetupException} to the user.
 */
class MigrationSetupFailureAnalyzer extends AbstractFailureAnalyzer<MigrationSetupException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MigrationSetupException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.getAction(), cause);
	}

}
