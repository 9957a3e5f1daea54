package io.uno.routing;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the transactions of a thread act. Immutable.
 *
 * @param named what templates and annotations around the work say
 * @param resolved what resolvers have said where the work comes from, {@code null} if
 * they are to be asked here
 * @param statements takes note of what the transactions send, {@code null} if nobody may
 * cancel them
 */
record ActingScope(TransactionContext named, @Nullable TransactionContext resolved,
		@Nullable RunningStatements statements) {

	static final ActingScope NOBODY = new ActingScope(TransactionContext.none(), null, null);

	ActingScope as(TransactionContext context) {
		return new ActingScope(context.orElse(this.named), this.resolved, this.statements);
	}

}
