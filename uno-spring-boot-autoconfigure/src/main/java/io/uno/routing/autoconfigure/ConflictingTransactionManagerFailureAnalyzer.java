package io.uno.routing.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells the ways out of a {@link ConflictingTransactionManagerException}.
 */
class ConflictingTransactionManagerFailureAnalyzer
		extends AbstractFailureAnalyzer<ConflictingTransactionManagerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConflictingTransactionManagerException cause) {
		String action = """
				One of these:
				    - Remove bean '%s': 'uno.databases.%s' brings a transaction manager for the database.
				    - Give bean '%s' another name and qualifier.
				    - Choose another name for the database.""".formatted(cause.getBean(), cause.getDatabase(),
				cause.getBean());
		return new FailureAnalysis(cause.getMessage() + ".", action, cause);
	}

}
