package io.uno.crud.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a {@code UnoDb} is to be injected without naming an entity.
 */
class UnnamedEntityFailureAnalyzer extends AbstractFailureAnalyzer<UnnamedEntityException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnnamedEntityException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Name the entity in the type, such as UnoDb<City>, or inject UnoDbFactory and call of(City.class).",
				cause);
	}

}
