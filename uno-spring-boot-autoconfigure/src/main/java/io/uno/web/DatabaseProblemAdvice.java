package io.uno.web;

import java.time.Duration;

import io.uno.error.DatabaseError;
import io.uno.error.DatabaseError.Kind;
import io.uno.error.DatabaseErrors;
import io.uno.routing.ReadOnlyRouteException;
import jakarta.persistence.PersistenceException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Answers failures of the database with problem details (RFC 9457) where a client can do
 * something about them: 409 for a conflict with what is there or with another request,
 * 422 for values that the table does not accept, 503 with {@code Retry-After} where the
 * database can't serve at the moment. The body has the kind of the failure as its
 * {@code code}, and nothing of statements, rows or the schema.
 * <p>
 * Comes after all handlers of the application. What it has no answer for, a commit of
 * which nobody knows the outcome among that, goes on as if it were not there.
 *
 * @since 0.1.0
 * @see DatabaseErrors
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class DatabaseProblemAdvice {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

	private static final boolean JPA_PRESENT = ClassUtils.isPresent("jakarta.persistence.PersistenceException",
			DatabaseProblemAdvice.class.getClassLoader());

	/**
	 * Creates the advice.
	 */
	public DatabaseProblemAdvice() {
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(Exception failure) throws Exception {
		DatabaseProblem problem = isOfDatabase(failure) ? DatabaseErrors.of(failure)
			.filter((error) -> !isOutcomeUnknown(failure, error))
			.map(DatabaseProblem::of)
			.orElse(null) : null;
		if (problem == null) {
			throw failure;
		}
		return ResponseEntity.status(problem.status())
			.headers((headers) -> addRetryAfter(headers, problem.status()))
			.body(problem.toProblemDetail());
	}

	/**
	 * An exception of the application that has one of these as its cause says something
	 * of its own.
	 */
	private static boolean isOfDatabase(Exception failure) {
		return (failure instanceof DataAccessException || failure instanceof TransactionException
				|| (JPA_PRESENT && Jpa.isFailure(failure))) && !(failure instanceof ReadOnlyRouteException);
	}

	private static boolean isOutcomeUnknown(Exception failure, DatabaseError error) {
		return TRANSACTION_RESOLUTION_UNKNOWN.equals(error.sqlState())
				|| (failure instanceof TransactionSystemException && error.kind() == Kind.CONNECTION_LOST);
	}

	private static void addRetryAfter(HttpHeaders headers, HttpStatus status) {
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds()));
		}
	}

	/**
	 * What needs JPA.
	 */
	private static final class Jpa {

		private Jpa() {
		}

		static boolean isFailure(Exception failure) {
			return failure instanceof PersistenceException;
		}

	}

}
