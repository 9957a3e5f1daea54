package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown at start when row security would not hold back the application.
 */
class UnheldLoginException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<UnheldLogin> logins;

	UnheldLoginException(List<UnheldLogin> logins) {
		super(describe(logins));
		this.logins = List.copyOf(logins);
	}

	static String describe(List<UnheldLogin> logins) {
		return logins.stream().map(UnheldLogin::describe).collect(Collectors.joining(". "));
	}

	List<String> getActions() {
		return this.logins.stream().flatMap((login) -> login.actions().stream()).toList();
	}

}
