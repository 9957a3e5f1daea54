package io.uno.routing;

import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.uno.routing.EntityRoutes.Owner;
import jakarta.transaction.Synchronization;
import org.hibernate.CacheMode;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.query.results.ResultBuilder;
import org.hibernate.query.results.ResultSetMapping;
import org.hibernate.query.spi.QueryOptions;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;
import org.hibernate.sql.exec.spi.JdbcSelect;
import org.hibernate.sql.exec.spi.JdbcSelectExecutor;
import org.hibernate.sql.results.jdbc.spi.JdbcValuesMappingProducer;
import org.hibernate.sql.results.spi.ResultsConsumer;
import org.hibernate.sql.results.spi.RowTransformer;
import org.hibernate.sql.results.spi.ScrollableResultsConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has every select of Hibernate's, of whatever session, run on the database of what it
 * reads.
 *
 * @param routes knows the databases
 * @param plain Hibernate's own executor
 */
record RoutedSelectExecutor(EntityRoutes routes, JdbcSelectExecutor plain) implements JdbcSelectExecutor {

	private static final Pattern WRITING = Pattern
		.compile(" as (?:not )?(?:materialized )?\\((?:insert|update|delete) ");

	@Override
	public <T, R> T executeQuery(JdbcSelect select, JdbcParameterBindings bindings, ExecutionContext context,
			@Nullable RowTransformer<R> transformer, @Nullable Class<R> type, StatementCreator creator,
			ResultsConsumer<T, R> consumer) {
		return execute(select, context, consumer,
				() -> this.plain.executeQuery(select, bindings, context, transformer, type, creator, consumer));
	}

	@Override
	public <T, R> T executeQuery(JdbcSelect select, JdbcParameterBindings bindings, ExecutionContext context,
			@Nullable RowTransformer<R> transformer, @Nullable Class<R> type, int estimate, StatementCreator creator,
			ResultsConsumer<T, R> consumer) {
		return execute(select, context, consumer, () -> this.plain.executeQuery(select, bindings, context, transformer,
				type, estimate, creator, consumer));
	}

	private <T> T execute(JdbcSelect select, ExecutionContext context, ResultsConsumer<?, ?> consumer,
			Supplier<T> query) {
		SharedSessionContractImplementor session = context.getSession();
		Owner owner = this.routes.isSeveral() ? ownerOf(select, session) : null;
		if (owner != null && owner.ambiguous() && isWriting(select)) {
			this.routes.requireDistinct(owner, select.getAffectedTableNames());
		}
		boolean deferred = consumer instanceof ScrollableResultsConsumer;
		if (!EntityRoutes.isReadOnly()) {
			return this.routes.run(owner, deferred, session, query);
		}
		requireReading(select, context, owner);
		return this.routes.run(owner, deferred, session,
				() -> this.routes.mayBeOnReplica(owner) ? withoutCaching(context, deferred, query) : query.get());
	}

	/**
	 * What a replica tells may be older than what a cache has been told to forget.
	 * Results of a query Hibernate keeps unless they must not be looked for either.
	 */
	private static <T> T withoutCaching(ExecutionContext context, boolean deferred, Supplier<T> query) {
		SharedSessionContractImplementor session = context.getSession();
		boolean results = Boolean.TRUE.equals(context.getQueryOptions().isResultCachingEnabled());
		CacheMode before = session.getCacheMode();
		if (!before.isPutEnabled()) {
			return query.get();
		}
		session.setCacheMode((before.isGetEnabled() && !results) ? CacheMode.GET : CacheMode.IGNORE);
		if (deferred) {
			session.getTransactionCoordinator()
				.getLocalSynchronizations()
				.registerSynchronization(new RestoredCacheMode(session, before));
			return query.get();
		}
		try {
			return query.get();
		}
		finally {
			session.setCacheMode(before);
		}
	}

	private @Nullable Owner ownerOf(JdbcSelect select, SharedSessionContractImplementor session) {
		Owner owner = this.routes.ownerOf(select.getAffectedTableNames(), session.getFactory());
		return (owner != null) ? owner : ownerOfResult(select.getJdbcValuesMappingProducer());
	}

	/**
	 * A native query may say of what entity its rows are.
	 */
	private @Nullable Owner ownerOfResult(JdbcValuesMappingProducer mapping) {
		if (mapping instanceof ResultSetMapping results) {
			for (ResultBuilder result : results.getResultBuilders()) {
				Class<?> type = result.getJavaType();
				Owner owner = (type != null) ? this.routes.ownerOf(type) : null;
				if (owner != null) {
					return owner;
				}
			}
		}
		return null;
	}

	private void requireReading(JdbcSelect select, ExecutionContext context, @Nullable Owner owner) {
		String entity = (owner != null) ? owner.entity() : null;
		if (isLocking(context.getQueryOptions())) {
			this.routes.requireWritable("lock", entity);
		}
		if (isWriting(select)) {
			this.routes.requireWritable("change", entity);
		}
	}

	/**
	 * What changes rows of a joined hierarchy is a select with changes inside, of which
	 * Hibernate tells nobody.
	 */
	private static boolean isWriting(JdbcSelect select) {
		String sql = select.getSqlString();
		return sql.startsWith("with ") && WRITING.matcher(sql).find();
	}

	private static boolean isLocking(QueryOptions options) {
		return options.getLockOptions() != null && options.getLockOptions().getLockMode().isPessimistic();
	}

	/**
	 * Sets back how a session caches when its transaction ends, as rows may be read until
	 * then.
	 *
	 * @param session the session
	 * @param before how it has cached
	 */
	private record RestoredCacheMode(SharedSessionContractImplementor session,
			CacheMode before) implements Synchronization {

		@Override
		public void beforeCompletion() {
			this.session.setCacheMode(this.before);
		}

		@Override
		public void afterCompletion(int status) {
			this.session.setCacheMode(this.before);
		}

	}

}
