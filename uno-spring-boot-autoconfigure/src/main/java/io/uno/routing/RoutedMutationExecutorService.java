package io.uno.routing;

import java.util.Locale;

import org.hibernate.engine.jdbc.mutation.MutationExecutor;
import org.hibernate.engine.jdbc.mutation.spi.BatchKeyAccess;
import org.hibernate.engine.jdbc.mutation.spi.MutationExecutorService;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.sql.model.MutationOperationGroup;

/**
 * Makes sure that rows of entities and collections are inserted, updated and deleted
 * where they belong, by a flush and by stateless sessions.
 *
 * @param routes knows the databases
 * @param plain Hibernate's own service
 */
record RoutedMutationExecutorService(EntityRoutes routes,
		MutationExecutorService plain) implements MutationExecutorService {

	private static final long serialVersionUID = 1L;

	@Override
	public MutationExecutor createExecutor(BatchKeyAccess batchKey, MutationOperationGroup group,
			SharedSessionContractImplementor session) {
		if (this.routes.isSeveral() || EntityRoutes.isReadOnly()) {
			String entity = QuerySpaceTranslators.entityOf(group.getMutationTarget().getTargetPart());
			this.routes.requireWritable(group.getMutationType().name().toLowerCase(Locale.ROOT), entity);
			if (entity != null) {
				this.routes.claim(entity, session);
			}
		}
		return this.plain.createExecutor(batchKey, group, session);
	}

}
