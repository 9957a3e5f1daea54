package io.uno.datasource.autoconfigure;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells the ways out of an {@link InvalidDatabaseConnectionException}.
 */
class InvalidDatabaseConnectionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidDatabaseConnectionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, InvalidDatabaseConnectionException cause) {
		String action = cause.getActions()
			.stream()
			.map("    - %s"::formatted)
			.collect(Collectors.joining("%n".formatted(), "One of these:%n".formatted(), ""));
		return new FailureAnalysis(cause.getMessage() + ".", action, cause);
	}

}
