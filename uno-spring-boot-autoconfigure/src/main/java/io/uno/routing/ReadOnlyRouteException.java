package io.uno.routing;

import io.uno.error.DatabaseError;
import io.uno.error.DatabaseError.Kind;
import io.uno.error.DatabaseErrors;
import io.uno.error.DatabaseFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Thrown when a read-only transaction is asked to write, or to lock rows. Nothing of that
 * has been sent, neither to a replica nor to the primary, unless only the server could
 * notice it, as with SQL; what the server has said is then the cause.
 *
 * @since 0.1.0
 */
public class ReadOnlyRouteException extends InvalidDataAccessApiUsageException implements DatabaseFailure {

	private static final long serialVersionUID = 1L;

	private final String operation;

	private final @Nullable String entity;

	private final @Nullable String database;

	private final @Nullable String node;

	/**
	 * Creates the exception.
	 * @param operation what was refused, as a verb such as {@code persist}
	 * @param entity name of the entity, {@code null} where it is not known
	 * @param database database that the transaction works on
	 * @param node id of the transaction's node, {@code null} as long as it has none
	 */
	public ReadOnlyRouteException(String operation, @Nullable String entity, String database, @Nullable String node) {
		super("Can't %s %s in a read-only transaction on database '%s'%s; remove 'readOnly = true', or use a template's 'write'"
			.formatted(operation, (entity != null) ? "entity '%s'".formatted(entity) : "rows", database,
					(node != null) ? " (node '%s')".formatted(node) : ""));
		this.operation = operation;
		this.entity = entity;
		this.database = database;
		this.node = node;
	}

	/**
	 * Creates the exception for work that wants to write and is to join a transaction.
	 * @param transaction name of the read-only transaction, {@code null} if it has none
	 */
	public ReadOnlyRouteException(@Nullable String transaction) {
		super("A write can't join the running transaction '%s', which is read-only; remove 'readOnly = true' from it, or give the write a transaction of its own (Propagation.REQUIRES_NEW)"
			.formatted(transaction));
		this.operation = "write";
		this.entity = null;
		this.database = null;
		this.node = null;
	}

	private ReadOnlyRouteException(String message, String operation, String entity) {
		super(message);
		this.operation = operation;
		this.entity = entity;
		this.database = null;
		this.node = null;
	}

	/**
	 * Creates the exception for a bulk operation.
	 * @param entity name of the entity whose rows were to be written
	 * @param transaction name of the read-only transaction, {@code null} if it has none
	 * @return the exception
	 */
	public static ReadOnlyRouteException bulk(String entity, @Nullable String transaction) {
		return new ReadOnlyRouteException(
				"A bulk operation on %s can't join the running transaction%s, which is read-only; remove 'readOnly = true' from it, or give the operation a transaction of its own (Propagation.REQUIRES_NEW)"
					.formatted(entity, (transaction != null) ? " '%s'".formatted(transaction) : ""),
				"write in bulk", entity);
	}

	@Override
	public DatabaseError getError() {
		return (getCause() != null) ? DatabaseErrors.of(getCause()).orElseGet(this::early) : early();
	}

	private DatabaseError early() {
		return DatabaseError.at(Kind.READ_ONLY, this.database, this.node);
	}

	/**
	 * Returns what was refused.
	 * @return a verb
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * Returns the entity that was to be written or locked.
	 * @return its name, {@code null} where it is not known
	 */
	public @Nullable String getEntity() {
		return this.entity;
	}

	/**
	 * Returns the database that the transaction works on.
	 * @return its name, {@code null} where it is not known
	 */
	public @Nullable String getDatabase() {
		return this.database;
	}

	/**
	 * Returns the node that the transaction has been given.
	 * @return the node's id, {@code null} when it had sent nothing yet
	 */
	public @Nullable String getNode() {
		return this.node;
	}

}
