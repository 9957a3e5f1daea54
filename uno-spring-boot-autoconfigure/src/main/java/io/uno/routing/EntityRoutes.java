package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.uno.datasource.Database;
import io.uno.routing.DatabaseRule.Work;
import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.exception.spi.SQLExceptionConverter;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.RootClass;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which entity of a persistence unit belongs to which database, and how what Hibernate is
 * about to send leads there. Tables of two databases may have one name; each entity
 * therefore has a query space of its own beside its tables, by which Hibernate tells what
 * a statement is about.
 * <p>
 * Safe for use by many threads once the persistence unit is built.
 */
final class EntityRoutes {

	private static final String ENTITY = "uno:entity:";

	private final DatabaseClaims claims;

	private final boolean several;

	private volatile Map<String, Owner> byEntity = Map.of();

	private volatile Map<String, Owner> bySpace = Map.of();

	private volatile @Nullable Map<String, Owner> byTable;

	EntityRoutes(DatabaseClaims claims) {
		this.claims = claims;
		this.several = claims.databases().all().size() > 1;
	}

	/**
	 * Whether there is anything to choose from.
	 */
	boolean isSeveral() {
		return this.several;
	}

	/**
	 * Converts what drivers throw, with the route known.
	 */
	SQLExceptionConverter converter(SQLExceptionConverter plain) {
		return new RouteExceptionConverter(this.claims, plain);
	}

	/**
	 * Finds out about all entities, before Hibernate makes anything of the mapping.
	 */
	void register(Metadata metadata) {
		for (PersistentClass entity : metadata.getEntityBindings()) {
			if (entity instanceof RootClass root) {
				OwnedSequence.replace(root, this);
			}
		}
		findOwners(metadata);
	}

	private void findOwners(Metadata metadata) {
		Map<String, Owner> entities = new HashMap<>();
		Map<String, Owner> spaces = new HashMap<>();
		for (PersistentClass entity : metadata.getEntityBindings()) {
			Owner owner = ownerOf(entity);
			requireSameAsRoot(entity, owner);
			entities.put(owner.entity(), owner);
			spaces.put(space(owner.entity()), owner);
			if (this.several) {
				entity.addSynchronizedTable(space(owner.entity()));
			}
		}
		this.byEntity = Map.copyOf(entities);
		this.bySpace = Map.copyOf(spaces);
	}

	private Owner ownerOf(PersistentClass entity) {
		Class<?> type = entity.hasPojoRepresentation() ? entity.getMappedClass() : null;
		Database declared = (type != null) ? this.claims.declaredOwnerOf(type).orElse(null) : null;
		return (declared != null) ? new Owner(entity.getEntityName(), declared, false, null)
				: new Owner(entity.getEntityName(), this.claims.databases().getDefault(), false,
						this.claims.isRuled() ? new Undeclared(type) : null);
	}

	private void requireSameAsRoot(PersistentClass entity, Owner owner) {
		Database root = ownerOf(entity.getRootClass()).database();
		if (!root.name().equals(owner.database().name())) {
			throw new IllegalStateException(
					"Entity '%s' belongs to database '%s' and its superclass '%s' to '%s', but one hierarchy shares its tables; put them into one package, or @UseDatabase(\"%s\") on '%s'"
						.formatted(owner.entity(), owner.database().name(), entity.getRootClass().getEntityName(),
								root.name(), root.name(), owner.entity()));
		}
	}

	static String space(String entity) {
		return ENTITY + entity;
	}

	/**
	 * Claims the database of an entity, or makes sure that what is sent without a
	 * transaction of Spring's gets there.
	 */
	void claim(String entity, SharedSessionContractImplementor session) {
		Owner owner = this.byEntity.get(entity);
		if (this.several && owner != null) {
			claim(owner, session);
		}
	}

	/**
	 * Claims the database of an entity if a transaction of Spring's is running.
	 */
	void claimInTransaction(String entity) {
		Owner owner = this.byEntity.get(entity);
		if (this.several && owner != null && TransactionSynchronizationManager.isSynchronizationActive()) {
			claim(owner);
		}
	}

	/**
	 * Claims the database that query spaces belong to if a transaction of Spring's is
	 * running.
	 */
	void claimInTransaction(@Nullable Collection<String> spaces, SessionFactoryImplementor factory) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			Owner owner = ownerOf(spaces, factory);
			if (owner != null && !owner.ambiguous()) {
				claim(owner);
			}
		}
	}

	private void claim(Owner owner, SharedSessionContractImplementor session) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			claim(owner);
			return;
		}
		if (owner.undeclared() == null) {
			Database open = openOn(session);
			requireSame(owner, (open != null) ? open : this.claims.current());
		}
	}

	private void claim(Owner owner) {
		TransactionRoute transaction = Objects.requireNonNull(this.claims.transaction());
		DatabaseChoice current = transaction.choice();
		if (current == null) {
			transaction.claim(choose(owner));
		}
		else if (!mayBeIn(owner, current)) {
			throw new RouteConflictException(current.database().name(), choose(owner).database().name(), owner.entity(),
					transaction.route());
		}
	}

	private DatabaseChoice choose(Owner owner) {
		Undeclared undeclared = owner.undeclared();
		return (undeclared != null) ? this.claims.undeclared(undeclared.work())
				: this.claims.choice(owner.database(), DatabaseReason.ENTITY);
	}

	private boolean mayBeIn(Owner owner, DatabaseChoice current) {
		Undeclared undeclared = owner.undeclared();
		return (undeclared != null) ? this.claims.mayHoldUndeclared(current, undeclared.work())
				: owner.isIn(current.database());
	}

	private void requireSame(Owner owner, Database database) {
		if (!owner.isIn(database)) {
			throw RouteConflictException.withoutTransaction(database.name(), owner.database().name(), owner.entity());
		}
	}

	/**
	 * Runs a statement on the database of what it is about.
	 * @param deferred whether it may be sent after this has returned
	 */
	<T extends @Nullable Object> T run(@Nullable Owner owner, boolean deferred,
			SharedSessionContractImplementor session, Supplier<T> statement) {
		if (owner == null || owner.ambiguous()) {
			return statement.get();
		}
		if (deferred || TransactionSynchronizationManager.isSynchronizationActive() || openOn(session) != null) {
			claim(owner, session);
			return statement.get();
		}
		Undeclared undeclared = owner.undeclared();
		if (undeclared != null) {
			return this.claims.<T, RuntimeException>undeclared(undeclared.work(), statement::get);
		}
		return this.claims.<T, RuntimeException>on(owner.database().name(), DatabaseReason.ENTITY, statement::get);
	}

	/**
	 * Makes sure that an entity belongs to the database that it came from. One that
	 * nothing says a database of comes from where its statement was sent.
	 */
	void requireOwned(EntityPersister entity, SharedSessionContractImplementor session) {
		Owner owner = this.byEntity.get(entity.getEntityName());
		if (owner == null || owner.undeclared() != null) {
			return;
		}
		TransactionRoute transaction = this.claims.transaction();
		Database current = (transaction != null) ? transaction.database() : openOn(session);
		if (current != null && !owner.isIn(current)) {
			throw RouteConflictException.loaded(current.name(), owner.database().name(), owner.entity(),
					(transaction != null) ? transaction.route() : null);
		}
	}

	/**
	 * The owner of what a statement is about, {@code null} if nobody's. By the entities,
	 * or else by tables, of which some may be several owners'.
	 * @throws RouteConflictException if it is about several databases
	 */
	@Nullable Owner ownerOf(@Nullable Collection<String> spaces, SessionFactoryImplementor factory) {
		if (spaces == null || spaces.isEmpty()) {
			return null;
		}
		Owner owner = ownerOf(spaces, this.bySpace);
		return (owner != null) ? owner : ownerOf(spaces, tables(factory));
	}

	private @Nullable Owner ownerOf(Collection<String> spaces, Map<String, Owner> owners) {
		Owner found = null;
		for (String space : spaces) {
			Owner owner = owners.get(space);
			if (owner == null) {
				continue;
			}
			if (found == null || found.ambiguous() || found.undeclared() != null) {
				found = owner;
			}
			else if (!owner.ambiguous() && owner.undeclared() == null && !found.isIn(owner.database())) {
				throw conflict(found, owner);
			}
		}
		return found;
	}

	/**
	 * Of the two databases it names the one of the transaction as the current one.
	 */
	private RouteConflictException conflict(Owner one, Owner other) {
		TransactionRoute transaction = this.claims.transaction();
		Database current = (transaction != null) ? transaction.database() : null;
		Route route = (transaction != null) ? transaction.route() : null;
		return (current != null && other.isIn(current))
				? new RouteConflictException(current.name(), one.database().name(), one.entity(), route)
				: new RouteConflictException(one.database().name(), other.database().name(), other.entity(), route);
	}

	@Nullable Owner ownerOf(Class<?> type) {
		return this.byEntity.get(type.getName());
	}

	private Map<String, Owner> tables(SessionFactoryImplementor factory) {
		Map<String, Owner> known = this.byTable;
		if (known == null) {
			known = findTables(factory);
			this.byTable = known;
		}
		return known;
	}

	private Map<String, Owner> findTables(SessionFactoryImplementor factory) {
		Map<String, Owner> tables = new HashMap<>();
		factory.getMappingMetamodel()
			.forEachEntityDescriptor((entity) -> add(tables, entity.getEntityName(), entity.getQuerySpaces()));
		factory.getMappingMetamodel()
			.forEachCollectionDescriptor((collection) -> add(tables,
					collection.getOwnerEntityPersister().getEntityName(), collection.getCollectionSpaces()));
		return Map.copyOf(tables);
	}

	private void add(Map<String, Owner> tables, String entity, Object[] spaces) {
		Owner owner = this.byEntity.get(entity);
		if (owner == null) {
			return;
		}
		for (Object space : spaces) {
			tables.merge((String) space, owner, (one, other) -> one.isIn(other.database()) ? one
					: new Owner(one.entity(), one.database(), true, null));
		}
	}

	/**
	 * Refuses a statement of which nobody can tell whose table it is to change.
	 */
	void requireDistinct(@Nullable Owner owner, Collection<String> tables) {
		if (owner != null && owner.ambiguous()) {
			throw new InvalidDataAccessApiUsageException(
					"A statement is to change %s, a table of several databases, and does not say of which one; change the entities one by one"
						.formatted(tables));
		}
	}

	/**
	 * Refuses to write, or to lock, in a read-only transaction.
	 */
	void requireWritable(String operation, @Nullable String entity) {
		if (!isReadOnly()) {
			return;
		}
		Owner owner = (entity != null) ? this.byEntity.get(entity) : null;
		Database database = (owner != null) ? owner.database() : this.claims.current();
		throw new ReadOnlyRouteException(operation, entity, database.name(),
				this.claims.currentRoute().map((route) -> route.node().id()).orElse(null));
	}

	/**
	 * Whether a replica may answer a statement of a read-only transaction.
	 */
	boolean mayBeOnReplica(@Nullable Owner owner) {
		TransactionRoute transaction = this.claims.transaction();
		Route route = (transaction != null) ? transaction.route() : null;
		if (route != null) {
			return route.node().replica();
		}
		Database database = (owner != null) ? owner.database() : this.claims.current();
		return !database.replicas().isEmpty();
	}

	static boolean isReadOnly() {
		return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
	}

	/**
	 * The database of the transaction that is open on a session's connection without
	 * Spring's doing, {@code null} for none.
	 */
	private @Nullable Database openOn(SharedSessionContractImplementor session) {
		try {
			Connection connection = session.getJdbcCoordinator().getLogicalConnection().getPhysicalConnection();
			return (connection.isWrapperFor(RoutedConnection.class))
					? connection.unwrap(RoutedConnection.class).database(this.claims.databases()) : null;
		}
		catch (SQLException ex) {
			throw new InvalidDataAccessResourceUsageException("Failed to look at the connection of a session", ex);
		}
	}

	/**
	 * Whom a statement is about.
	 *
	 * @param entity an entity that it is about
	 * @param database the entity's database
	 * @param ambiguous whether it may be about another database's entity as well
	 * @param undeclared what rules are told of it where nothing says a database of the
	 * entity, {@code null} where something does or there are no rules
	 */
	record Owner(String entity, Database database, boolean ambiguous, @Nullable Undeclared undeclared) {

		boolean isIn(Database other) {
			return this.database.name().equals(other.name());
		}

	}

	/**
	 * An entity that nothing says a database of.
	 *
	 * @param type its class, {@code null} if it has none
	 */
	record Undeclared(@Nullable Class<?> type) {

		Work work() {
			return new Work(this.type, isReadOnly() ? Access.READ : Access.WRITE, null);
		}

	}

}
