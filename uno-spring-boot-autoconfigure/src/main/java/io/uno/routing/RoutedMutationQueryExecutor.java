package io.uno.routing;

import java.sql.PreparedStatement;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.uno.routing.EntityRoutes.Owner;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.sql.exec.internal.JdbcOperationQueryMutationNative;
import org.hibernate.sql.exec.spi.ExecutionContext;
import org.hibernate.sql.exec.spi.JdbcMutationExecutor;
import org.hibernate.sql.exec.spi.JdbcOperationQueryMutation;
import org.hibernate.sql.exec.spi.JdbcParameterBindings;

/**
 * Has every query that changes rows run on the database of what it changes.
 *
 * @param routes knows the databases
 * @param plain Hibernate's own executor
 */
record RoutedMutationQueryExecutor(EntityRoutes routes, JdbcMutationExecutor plain) implements JdbcMutationExecutor {

	@Override
	public int execute(JdbcOperationQueryMutation mutation, JdbcParameterBindings bindings,
			Function<String, PreparedStatement> creator, BiConsumer<Integer, PreparedStatement> check,
			ExecutionContext context) {
		QuerySpaceTranslators.forget();
		SharedSessionContractImplementor session = context.getSession();
		Set<String> spaces = mutation.getAffectedTableNames();
		Owner owner = this.routes.isSeveral() ? this.routes.ownerOf(spaces, session.getFactory()) : null;
		if (!(mutation instanceof JdbcOperationQueryMutationNative)) {
			this.routes.requireWritable("change", (owner != null) ? owner.entity() : null);
			this.routes.requireDistinct(owner, spaces);
		}
		return this.routes.<Integer>run(owner, false, session,
				() -> this.plain.execute(mutation, bindings, creator, check, context));
	}

}
