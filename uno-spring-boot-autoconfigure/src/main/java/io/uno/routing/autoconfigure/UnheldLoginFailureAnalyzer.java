package io.uno.routing.autoconfigure;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells the ways out of an {@link UnheldLoginException}.
 */
class UnheldLoginFailureAnalyzer extends AbstractFailureAnalyzer<UnheldLoginException> {

	private static final String OTHERWISE = "To start nevertheless, set 'uno.context.verify' to 'warn' or 'off'.";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnheldLoginException cause) {
		String action = Stream.concat(cause.getActions().stream(), Stream.of(OTHERWISE))
			.map((way) -> "    - " + way)
			.collect(Collectors.joining("\n", "Roles and tenants separate nothing that way:\n", ""));
		return new FailureAnalysis(cause.getMessage() + ".", action, cause);
	}

}
