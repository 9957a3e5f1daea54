package io.uno.crud.autoconfigure;

import io.uno.error.UnknownEntityException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a {@code UnoDb} is to be injected for a class that is no entity.
 */
class UnknownEntityFailureAnalyzer extends AbstractFailureAnalyzer<UnknownEntityException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownEntityException cause) {
		return new FailureAnalysis(cause.getMessage(), """
				Name one of the entities, or make %s one: annotate it with @Entity, in a package that is scanned \
				(below the application's, or named by @EntityScan).""".formatted(cause.getClassName()), cause);
	}

}
