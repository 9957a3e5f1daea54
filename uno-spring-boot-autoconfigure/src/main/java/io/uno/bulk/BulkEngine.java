package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.uno.bulk.BulkRequest.Key;
import io.uno.error.BulkMappingException;
import io.uno.routing.ReadOnlyRouteException;
import io.uno.routing.RouteExceptionTranslator;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Cache;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs bulk operations in transactions, over the connection that Spring binds to them.
 */
final class BulkEngine {

	private final EntityManagerFactory entityManagerFactory;

	private final SessionFactoryImplementor sessionFactory;

	private final DataSource dataSource;

	private final BulkTransaction transaction;

	private final Consumer<Class<?>> claim;

	private final Map<PlanKey, TablePlan> plans = new ConcurrentHashMap<>();

	BulkEngine(EntityManagerFactory entityManagerFactory, DataSource dataSource,
			PlatformTransactionManager transactionManager, Consumer<Class<?>> claim) {
		this.entityManagerFactory = entityManagerFactory;
		this.sessionFactory = entityManagerFactory.unwrap(SessionFactoryImplementor.class);
		this.dataSource = dataSource;
		this.transaction = new BulkTransaction(transactionManager, dataSource);
		this.claim = claim;
	}

	<E> BulkResult execute(BulkRequest<E> request, Supplier<? extends Iterator<? extends E>> source) {
		return this.transaction.execute(() -> prepare(request), (connection) -> run(request, connection, source));
	}

	<E> BulkPlan explain(BulkRequest<E> request) {
		return this.transaction.execute(() -> this.claim.accept(request.type()), (connection) -> {
			TablePlan plan = plan(request, connection);
			references(request, plan, connection);
			return plan.plan();
		});
	}

	/**
	 * Choose the database before its connection is fetched, and write what the
	 * persistence context holds back, since the rows may refer to it.
	 */
	private <E> void prepare(BulkRequest<E> request) {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw ReadOnlyRouteException.bulk(request.type().getName(),
					TransactionSynchronizationManager.getCurrentTransactionName());
		}
		this.claim.accept(request.type());
		EntityManager entityManager = entityManager();
		if (entityManager.isJoinedToTransaction()) {
			entityManager.flush();
		}
	}

	private EntityManager entityManager() {
		return Objects.requireNonNull(
				EntityManagerFactoryUtils.getTransactionalEntityManager(this.entityManagerFactory),
				"a transaction is active");
	}

	private <E> BulkResult run(BulkRequest<E> request, Connection connection,
			Supplier<? extends Iterator<? extends E>> source) throws SQLException {
		// the driver asks the server for it, which answers nothing once a row has failed
		String database = connection.getCatalog();
		TablePlan plan = plan(request, connection);
		List<ReferencePlan> references = references(request, plan, connection);
		SharedSessionContractImplementor session = entityManager().unwrap(SharedSessionContractImplementor.class);
		BulkRun<E> run = new BulkRun<>(request, plan, references, connection, session);
		try {
			BulkResult result = run.execute(source.get());
			evictAfterCommit(plan);
			return result;
		}
		catch (SQLException ex) {
			// the table may have changed since the plan was made
			this.plans.remove(PlanKey.of(request));
			RouteExceptionTranslator.place(connection, ex);
			ServerFailure failure = ServerFailure.of(ex, plan.mapping().table());
			throw failure.translate(database, run.rowOf(failure.line()));
		}
	}

	private <E> TablePlan plan(BulkRequest<E> request, Connection connection) throws SQLException {
		TablePlan plan = knownPlan(request, connection);
		TablePlan secured = plan.secured();
		return (secured != null && RowSecurity.applies(connection, plan.mapping().table())) ? secured : plan;
	}

	private <E> TablePlan knownPlan(BulkRequest<E> request, Connection connection) throws SQLException {
		TablePlan known = this.plans.get(PlanKey.of(request));
		if (known != null) {
			return known;
		}
		TablePlan plan = new TablePlanner(this.sessionFactory, connection).plan(request.type(), request.key());
		this.plans.put(PlanKey.of(request), plan);
		return plan;
	}

	private <E> List<ReferencePlan> references(BulkRequest<E> request, TablePlan plan, Connection connection)
			throws SQLException {
		List<ReferencePlan> references = new ArrayList<>();
		for (Map.Entry<String, Boolean> entry : request.references().entrySet()) {
			MappedReference reference = reference(plan.mapping(), entry.getKey());
			ReferenceTarget target = new ReferenceTargetReader(this.sessionFactory, connection)
				.read(reference.target());
			references.add(new ReferencePlan(reference, target, entry.getValue()));
		}
		return references;
	}

	private static MappedReference reference(EntityMapping mapping, String attribute) {
		return mapping.references()
			.stream()
			.filter((reference) -> reference.attribute().equals(attribute))
			.findFirst()
			.orElseThrow(() -> new BulkMappingException(mapping.entityName(),
					"'%s' is not a reference of %s that could be resolved; its references are %s".formatted(attribute,
							mapping.entityName(),
							mapping.references().stream().map(MappedReference::attribute).toList())));
	}

	private void evictAfterCommit(TablePlan plan) {
		EntityPersister persister = plan.mapping().persister();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				evict(persister);
			}

		});
	}

	/**
	 * Forget what the rows may have changed: the entities, their natural ids, the
	 * collections that they are in, and the results of queries.
	 */
	private void evict(EntityPersister persister) {
		Cache cache = this.sessionFactory.getCache();
		cache.evictEntityData(persister.getEntityName());
		if (persister.hasNaturalIdentifier()) {
			cache.evictNaturalIdData(persister.getEntityName());
		}
		for (EntityMappingType type = persister; type != null; type = type.getSuperMappingType()) {
			Set<String> roles = this.sessionFactory.getMappingMetamodel()
				.getCollectionRolesByEntityParticipant(type.getEntityName());
			if (roles != null) {
				roles.forEach(cache::evictCollectionData);
			}
		}
		cache.evictQueryRegions();
	}

	/**
	 * What a plan depends on.
	 */
	private record PlanKey(Class<?> type, @Nullable Key key) {

		static PlanKey of(BulkRequest<?> request) {
			return new PlanKey(request.type(), request.key());
		}

	}

}
