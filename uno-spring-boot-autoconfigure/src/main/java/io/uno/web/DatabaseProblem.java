package io.uno.web;

import java.util.Locale;

import io.uno.error.DatabaseError;
import io.uno.error.DatabaseError.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * What a client is told of a failure of the database: nothing of rows, statements or the
 * schema.
 *
 * @param kind what went wrong
 * @param status the status
 * @param detail what the client can do
 */
record DatabaseProblem(Kind kind, HttpStatus status, String detail) {

	private static final String BUSY = "The request was not served in time. Try again later.";

	private static final String CONFLICT = "The request was in conflict with another one. Try again.";

	/**
	 * The problem of an error, {@code null} where no client can do anything about it.
	 */
	static @Nullable DatabaseProblem of(DatabaseError error) {
		return switch (error.kind()) {
			case UNIQUE -> conflict(error, "A value is taken already that has to be unique.");
			case FOREIGN_KEY ->
				conflict(error, "Something is referred to that does not exist, or is to go while it is referred to.");
			case SERIALIZATION, DEADLOCK ->
				error.recoveryConflict() ? unavailable(error, BUSY) : conflict(error, CONFLICT);
			case CHECK -> unprocessable(error, "A value is not acceptable.");
			case NOT_NULL -> unprocessable(error, "A value is missing.");
			case EXCLUSION -> unprocessable(error, "The values can't be there together with others.");
			case LOCK_TIMEOUT, STATEMENT_TIMEOUT, CANCELLED, POOL_EXHAUSTED -> unavailable(error, BUSY);
			case CONNECTION_LOST, READ_ONLY ->
				unavailable(error, "The service is not available at the moment. Try again later.");
			case ROLLED_BACK, OTHER -> null;
		};
	}

	private static DatabaseProblem conflict(DatabaseError error, String detail) {
		return new DatabaseProblem(error.kind(), HttpStatus.CONFLICT, detail);
	}

	private static DatabaseProblem unprocessable(DatabaseError error, String detail) {
		return new DatabaseProblem(error.kind(), HttpStatus.UNPROCESSABLE_CONTENT, detail);
	}

	private static DatabaseProblem unavailable(DatabaseError error, String detail) {
		return new DatabaseProblem(error.kind(), HttpStatus.SERVICE_UNAVAILABLE, detail);
	}

	ProblemDetail toProblemDetail() {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(this.status, this.detail);
		problem.setProperty("code", this.kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		return problem;
	}

}
