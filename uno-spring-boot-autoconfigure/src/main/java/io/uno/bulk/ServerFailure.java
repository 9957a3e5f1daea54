package io.uno.bulk;

import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.uno.error.BulkRowException;
import io.uno.error.DatabaseErrors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.util.ClassUtils;

/**
 * What the server said when it refused rows.
 *
 * @param cause the driver's exception
 * @param table the table that was written to
 * @param constraint the constraint that was violated
 * @param column the column whose value was refused
 * @param line which of the rows sent the server means, from 1, or 0
 */
record ServerFailure(SQLException cause, String table, @Nullable String constraint, @Nullable String column,
		long line) {

	private static final boolean DRIVER_PRESENT = ClassUtils.isPresent("org.postgresql.util.PSQLException",
			ServerFailure.class.getClassLoader());

	private static final SQLExceptionTranslator TRANSLATOR = new SQLExceptionSubclassTranslator();

	private static final Pattern COPY_CONTEXT = Pattern.compile("^COPY .+?, line (\\d+)(?:, column ([^:\\n]+))?",
			Pattern.MULTILINE);

	static ServerFailure of(SQLException cause, String table) {
		SQLException first = firstWithCode(cause);
		if (DRIVER_PRESENT && Postgres.message(first) != null) {
			return Postgres.failure(first, table);
		}
		return new ServerFailure(first, table, null, null, 0);
	}

	/**
	 * A batch hides the server's exception behind one of the driver's own.
	 */
	private static SQLException firstWithCode(SQLException cause) {
		SQLException next = cause.getNextException();
		return (next != null) ? next : cause;
	}

	/**
	 * Translate any failure of the database.
	 * @param task what was being done
	 * @param cause the driver's exception
	 * @return Spring's exception
	 */
	static DataAccessException translate(String task, SQLException cause) {
		return DatabaseErrors.translate(task, null, cause).orElseGet(() -> translateOther(task, cause));
	}

	private static DataAccessException translateOther(String task, SQLException cause) {
		DataAccessException translated = TRANSLATOR.translate(task, null, cause);
		return (translated != null) ? translated : new UncategorizedSQLException(task, null, cause);
	}

	/**
	 * Translate the failure.
	 * @param database the name of the database, or {@code null}
	 * @param row the number of the row in the source, or 0
	 * @return an exception about the row when it is the data that is wrong, or else
	 * Spring's
	 */
	DataAccessException translate(@Nullable String database, long row) {
		String state = Objects.requireNonNullElse(this.cause.getSQLState(), "");
		if (!state.startsWith("22") && !state.startsWith("23") && !state.equals("21000")) {
			return translate("Bulk operation on " + this.table, this.cause);
		}
		return BulkRowException.builder()
			.database(database)
			.table(this.table)
			.row(row)
			.column(this.column)
			.constraint(this.constraint)
			.sqlState(state)
			.cause(this.cause)
			.build("The database%s refused %s of the bulk operation on %s%s: %s".formatted(
					(database != null) ? " " + database : "", (row > 0) ? "row " + row : "a row", this.table,
					(this.constraint != null) ? " (constraint " + this.constraint + ")" : "", this.cause.getMessage()));
	}

	/**
	 * What needs PostgreSQL's driver.
	 */
	private static final class Postgres {

		private Postgres() {
		}

		static @Nullable ServerErrorMessage message(SQLException cause) {
			return (cause instanceof PSQLException exception) ? exception.getServerErrorMessage() : null;
		}

		static ServerFailure failure(SQLException cause, String table) {
			ServerErrorMessage message = Objects.requireNonNull(message(cause));
			String where = Objects.requireNonNullElse(message.getWhere(), "");
			Matcher matcher = COPY_CONTEXT.matcher(where);
			boolean found = matcher.find();
			String column = (message.getColumn() != null || !found) ? message.getColumn() : matcher.group(2);
			return new ServerFailure(cause, Objects.requireNonNullElse(message.getTable(), table),
					message.getConstraint(), column, found ? Long.parseLong(matcher.group(1)) : 0);
		}

	}

}
