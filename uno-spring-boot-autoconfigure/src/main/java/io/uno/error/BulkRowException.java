package io.uno.error;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;

/**
 * A row of a bulk operation was refused, by uno before it was sent or by the server.
 * Nothing of the call stays in the table. What is not known is {@code null}, or 0 for the
 * row.
 *
 * @since 0.1.0
 */
public class BulkRowException extends DataIntegrityViolationException {

	private static final long serialVersionUID = 1L;

	private final long row;

	private final @Nullable String attribute;

	private final @Nullable String database;

	private final @Nullable String table;

	private final @Nullable String column;

	private final @Nullable String constraint;

	private final @Nullable String sqlState;

	private BulkRowException(Builder builder, String message) {
		super(message, builder.cause);
		this.row = builder.row;
		this.attribute = builder.attribute;
		this.database = builder.database;
		this.table = builder.table;
		this.column = builder.column;
		this.constraint = builder.constraint;
		this.sqlState = builder.sqlState;
	}

	/**
	 * Return which row was refused.
	 * @return the number of the row in the source, from 1, or 0 when the server does not
	 * say
	 */
	public long getRow() {
		return this.row;
	}

	/**
	 * Return the attribute whose value was refused.
	 * @return the attribute, or {@code null}
	 */
	public @Nullable String getAttribute() {
		return this.attribute;
	}

	/**
	 * Return the database that refused the row.
	 * @return the name of the database, or {@code null}
	 */
	public @Nullable String getDatabase() {
		return this.database;
	}

	/**
	 * Return the table that was written to.
	 * @return the table, or {@code null}
	 */
	public @Nullable String getTable() {
		return this.table;
	}

	/**
	 * Return the column whose value was refused.
	 * @return the column, or {@code null}
	 */
	public @Nullable String getColumn() {
		return this.column;
	}

	/**
	 * Return the constraint that was violated.
	 * @return the constraint, or {@code null}
	 */
	public @Nullable String getConstraint() {
		return this.constraint;
	}

	/**
	 * Return the server's code of the error.
	 * @return the SQLSTATE, or {@code null} when the row did not reach the server
	 */
	public @Nullable String getSqlState() {
		return this.sqlState;
	}

	/**
	 * Start an exception.
	 * @return a builder without any value
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Collects what is known about the refused row. Not thread-safe.
	 */
	public static final class Builder {

		private long row;

		private @Nullable String attribute;

		private @Nullable String database;

		private @Nullable String table;

		private @Nullable String column;

		private @Nullable String constraint;

		private @Nullable String sqlState;

		private @Nullable Throwable cause;

		private Builder() {
		}

		/**
		 * Set the number of the row.
		 * @param row the number of the row in the source, from 1
		 * @return this builder
		 */
		public Builder row(long row) {
			this.row = row;
			return this;
		}

		/**
		 * Set the attribute.
		 * @param attribute the attribute whose value was refused
		 * @return this builder
		 */
		public Builder attribute(@Nullable String attribute) {
			this.attribute = attribute;
			return this;
		}

		/**
		 * Set the database.
		 * @param database the name of the database
		 * @return this builder
		 */
		public Builder database(@Nullable String database) {
			this.database = database;
			return this;
		}

		/**
		 * Set the table.
		 * @param table the table that was written to
		 * @return this builder
		 */
		public Builder table(@Nullable String table) {
			this.table = table;
			return this;
		}

		/**
		 * Set the column.
		 * @param column the column whose value was refused
		 * @return this builder
		 */
		public Builder column(@Nullable String column) {
			this.column = column;
			return this;
		}

		/**
		 * Set the constraint.
		 * @param constraint the constraint that was violated
		 * @return this builder
		 */
		public Builder constraint(@Nullable String constraint) {
			this.constraint = constraint;
			return this;
		}

		/**
		 * Set the SQLSTATE.
		 * @param sqlState the server's code of the error
		 * @return this builder
		 */
		public Builder sqlState(@Nullable String sqlState) {
			this.sqlState = sqlState;
			return this;
		}

		/**
		 * Set the cause.
		 * @param cause what was thrown
		 * @return this builder
		 */
		public Builder cause(@Nullable Throwable cause) {
			this.cause = cause;
			return this;
		}

		/**
		 * Create the exception.
		 * @param message what happened
		 * @return the exception
		 */
		public BulkRowException build(String message) {
			return new BulkRowException(this, message);
		}

	}

}
