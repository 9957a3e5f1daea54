package io.uno.error;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a failure of the database, out of the fields that the server has sent.
 * What is not known is {@code null}. Immutable.
 * <p>
 * The detail may hold values of rows, such as a user's address: {@code toString()} leaves
 * it out, and so should whatever leaves the application.
 *
 * @param kind what it was
 * @param database name of the database
 * @param node id of the node
 * @param sqlState the server's code of the error
 * @param schema the schema of the table
 * @param table the table
 * @param column the column
 * @param constraint the constraint
 * @param detail what the server has said beside its message; may hold values of rows
 * @param recoveryConflict whether a replica had to end the statement to go on with what
 * its primary has sent; on another node, or a little later, it may succeed
 * @param pool how the node's pool was used when no connection could be had from it
 * @since 0.1.0
 * @see DatabaseErrors#of(Throwable)
 */
public record DatabaseError(Kind kind, @Nullable String database, @Nullable String node, @Nullable String sqlState,
		@Nullable String schema, @Nullable String table, @Nullable String column, @Nullable String constraint,
		@Nullable String detail, boolean recoveryConflict, @Nullable PoolUsage pool) implements Serializable {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an error of which only the kind and the place are known.
	 * @param kind what it was
	 * @param database name of the database
	 * @param node id of the node
	 * @return the error
	 */
	public static DatabaseError at(Kind kind, @Nullable String database, @Nullable String node) {
		return new DatabaseError(kind, database, node, null, null, null, null, null, null, false, null);
	}

	/**
	 * The same of another kind, which was told of on the given node.
	 */
	DatabaseError as(Kind other, String database, String node) {
		return new DatabaseError(other, database, node, this.sqlState, this.schema, this.table, this.column,
				this.constraint, this.detail, this.recoveryConflict, this.pool);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("DatabaseError[").append(this.kind);
		append(text, "database", this.database);
		append(text, "node", this.node);
		append(text, "sqlState", this.sqlState);
		append(text, "schema", this.schema);
		append(text, "table", this.table);
		append(text, "column", this.column);
		append(text, "constraint", this.constraint);
		append(text, "recoveryConflict", this.recoveryConflict ? true : null);
		append(text, "pool", this.pool);
		return text.append(']').toString();
	}

	private static void append(StringBuilder text, String name, @Nullable Object value) {
		if (value != null) {
			text.append(", ").append(name).append('=').append(value);
		}
	}

	/**
	 * What went wrong.
	 */
	public enum Kind {

		/** A value is there already that has to be unique. */
		UNIQUE,

		/** A row that is referred to is not there, or was to go. */
		FOREIGN_KEY,

		/** A value breaks the condition of a check. */
		CHECK,

		/** A value is missing. */
		NOT_NULL,

		/** A row excludes one that is there, as two that overlap do. */
		EXCLUSION,

		/** The transaction can't be brought into an order with others. */
		SERIALIZATION,

		/** Transactions waited for each other. */
		DEADLOCK,

		/** A lock was not to be had in time. */
		LOCK_TIMEOUT,

		/** A statement took too long. */
		STATEMENT_TIMEOUT,

		/** A statement was cancelled from outside. */
		CANCELLED,

		/** A write where only reads are accepted. */
		READ_ONLY,

		/** The transaction can only be rolled back, as a statement of it has failed. */
		ROLLED_BACK,

		/** The server is out of reach, or has closed the connection. */
		CONNECTION_LOST,

		/** Every connection of the pool is in use. */
		POOL_EXHAUSTED,

		/** Anything else; the SQLSTATE says what. */
		OTHER

	}

	/**
	 * How a pool was used.
	 *
	 * @param active connections in use
	 * @param idle connections that wait to be used
	 * @param waiting callers that wait for a connection
	 */
	public record PoolUsage(int active, int idle, int waiting) implements Serializable {

		private static final long serialVersionUID = 1L;

	}

}
