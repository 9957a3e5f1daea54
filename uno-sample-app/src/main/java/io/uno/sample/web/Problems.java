package io.uno.sample.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.uno.sample.atlas.FixedAttributeException;
import io.uno.sample.atlas.UnknownCityException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Tells clients what went wrong as problem details (RFC 9457).
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

	private static final Log logger = LogFactory.getLog(Problems.class);

	private final MessageSource messages;

	Problems(MessageSource messages) {
		this.messages = messages;
	}

	@ExceptionHandler
	ProblemDetail unknownCity(UnknownCityException ex) {
		return problem(HttpStatus.NOT_FOUND, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail staleVersion(OptimisticLockingFailureException ex) {
		return problem(HttpStatus.CONFLICT, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail fixedAttribute(FixedAttributeException ex) {
		return invalid(List.of(new Violation(ex.getAttribute(), ex.getMessage())));
	}

	@ExceptionHandler
	ProblemDetail invalidParameter(InvalidParameterException ex) {
		return invalid(List.of(new Violation(ex.getParameter(), ex.getMessage())));
	}

	@ExceptionHandler({ CannotCreateTransactionException.class, DataAccessResourceFailureException.class })
	ProblemDetail databaseUnavailable(Exception ex) {
		logger.error("The database cannot be reached", ex);
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached");
	}

	@ExceptionHandler
	ProblemDetail unexpected(Exception ex) {
		logger.error("A request failed", ex);
		return problem(HttpStatus.INTERNAL_SERVER_ERROR, "The log says what went wrong");
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<Violation> violations = ex.getFieldErrors()
			.stream()
			.map((error) -> violation(error, request.getLocale()))
			.sorted()
			.toList();
		return handleExceptionInternal(ex, invalid(violations), headers, status, request);
	}

	private Violation violation(FieldError error, Locale locale) {
		return new Violation(error.getField(), this.messages.getMessage(error, locale));
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (ex.getCause() instanceof MismatchedInputException mismatch && !mismatch.getPath().isEmpty()) {
			return handleExceptionInternal(ex, invalid(List.of(violation(mismatch))), headers, status, request);
		}
		return super.handleHttpMessageNotReadable(ex, headers, status, request);
	}

	private static Violation violation(MismatchedInputException mismatch) {
		List<Reference> path = mismatch.getPath();
		String field = String.valueOf(path.get(path.size() - 1).getPropertyName());
		Class<?> type = mismatch.getTargetType();
		String wanted = (type != null && type.isEnum()) ? "one of " + Arrays.toString(type.getEnumConstants())
				: "a " + ((type != null) ? type.getSimpleName() : "value of another type");
		return new Violation(field, (mismatch instanceof InvalidFormatException invalid)
				? "must be %s, not '%s'".formatted(wanted, invalid.getValue()) : "must be " + wanted);
	}

	private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatus(status);
		problem.setDetail(detail);
		return problem;
	}

	private static ProblemDetail invalid(List<Violation> violations) {
		ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "The request is not valid");
		problem.setProperty("errors", violations);
		return problem;
	}

	/**
	 * What is wrong with one field.
	 *
	 * @param field the field or the parameter
	 * @param message what is wrong with it
	 */
	record Violation(String field, @Nullable String message) implements Comparable<Violation> {

		@Override
		public int compareTo(Violation other) {
			return this.toString().compareTo(other.toString());
		}

	}

}
