package io.uno.routing;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Thrown when work belongs to another database than the one that its transaction is on.
 * Nothing of the work has been sent.
 *
 * @since 0.1.0
 */
public class RouteConflictException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final String current;

	private final String requested;

	private final @Nullable String entity;

	private final transient @Nullable Route route;

	/**
	 * Creates the exception.
	 * @param current database that the transaction works on
	 * @param requested database that was asked for
	 * @param route the transaction's route, {@code null} as long as it has none
	 */
	public RouteConflictException(String current, String requested, @Nullable Route route) {
		this(current, requested, null, route);
	}

	/**
	 * Creates the exception.
	 * @param current database that the transaction works on
	 * @param requested database that was asked for
	 * @param entity entity that belongs to the requested database, {@code null} when the
	 * database was named otherwise
	 * @param route the transaction's route, {@code null} as long as it has none
	 */
	public RouteConflictException(String current, String requested, @Nullable String entity, @Nullable Route route) {
		this(describe(current, requested, entity, route), current, requested, entity, route);
	}

	private RouteConflictException(String message, String current, String requested, @Nullable String entity,
			@Nullable Route route) {
		super(message);
		this.current = current;
		this.requested = requested;
		this.entity = entity;
		this.route = route;
	}

	/**
	 * For work that no transaction of Spring's surrounds.
	 */
	static RouteConflictException withoutTransaction(String current, String requested, String entity) {
		return new RouteConflictException(
				"Entity '%s' belongs to database '%s', but outside of Spring's transactions this would be sent to '%s'; put it into a transaction (@Transactional(\"%s\") or a template of database '%s')"
					.formatted(entity, requested, current, requested, requested),
				current, requested, entity, null);
	}

	/**
	 * For work inside a scope, without a transaction.
	 */
	static RouteConflictException scoped(String current, String requested) {
		return new RouteConflictException(
				"The work around this call was put on database '%s', but the call belongs to '%s'; end that scope first, or leave the call out of it"
					.formatted(current, requested),
				current, requested, null, null);
	}

	/**
	 * For an entity that a statement has brought from a database which it does not belong
	 * to.
	 */
	static RouteConflictException loaded(String current, String requested, String entity, @Nullable Route route) {
		return new RouteConflictException(
				"Entity '%s' belongs to database '%s', but was read from database '%s'%s; have the query name the entity (addSynchronizedEntityClass), or run it on a template of database '%s'"
					.formatted(entity, requested, current, describe(route), requested),
				current, requested, entity, route);
	}

	private static String describe(String current, String requested, @Nullable String entity, @Nullable Route route) {
		String wayOut = "give that a transaction of its own (Propagation.REQUIRES_NEW or a template of database '%s'), or note it in '%s' and carry it over later (an outbox)"
			.formatted(requested, current);
		return (entity != null)
				? "Entity '%s' belongs to database '%s', but the running transaction works on database '%s'%s; %s"
					.formatted(entity, requested, current, describe(route), wayOut)
				: "The running transaction works on database '%s'%s and can't work on '%s' as well; %s"
					.formatted(current, describe(route), requested, wayOut);
	}

	private static String describe(@Nullable Route route) {
		return (route != null) ? " (node '%s')".formatted(route.node().id()) : "";
	}

	/**
	 * Returns the database that the transaction works on.
	 * @return its name
	 */
	public String getCurrent() {
		return this.current;
	}

	/**
	 * Returns the database that was asked for.
	 * @return its name
	 */
	public String getRequested() {
		return this.requested;
	}

	/**
	 * Returns the entity that belongs to the requested database.
	 * @return its name, {@code null} when the database was asked for otherwise
	 */
	public @Nullable String getEntity() {
		return this.entity;
	}

	/**
	 * Returns the route that the transaction has been given.
	 * @return the route, {@code null} when it had sent nothing yet, and in a copy of this
	 * exception that was serialized
	 */
	public @Nullable Route getRoute() {
		return this.route;
	}

}
