package io.uno.routing;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NamedThreadLocal;
import org.springframework.util.function.SingletonSupplier;

/**
 * On whose behalf the work of a thread is done, as far as the transaction itself does not
 * say it.
 */
final class CallerContexts {

	private final Supplier<List<ContextResolver>> resolvers;

	/**
	 * Those that were found, {@code null} as long as nobody has looked for them.
	 */
	private volatile @Nullable List<ContextResolver> found;

	private final ThreadLocal<@Nullable ContextResolver> asked = new NamedThreadLocal<>("context resolver");

	private volatile boolean inUse;

	CallerContexts(Supplier<List<ContextResolver>> resolvers) {
		this.resolvers = SingletonSupplier.of(() -> List.copyOf(resolvers.get()));
	}

	/**
	 * Whether there is anything that could make a transaction act on someone's behalf.
	 */
	boolean inUse() {
		return this.inUse || hasResolvers();
	}

	void use() {
		this.inUse = true;
	}

	private boolean hasResolvers() {
		return !resolvers().isEmpty();
	}

	private List<ContextResolver> resolvers() {
		List<ContextResolver> known = this.found;
		if (known == null) {
			known = this.resolvers.get();
			this.found = known;
		}
		return known;
	}

	/**
	 * What the resolvers say, or have said where the work comes from.
	 */
	TransactionContext resolve(@Nullable RouteScope scope) {
		TransactionContext known = (scope != null) ? scope.acting().resolved() : null;
		return (known != null) ? known : ask();
	}

	private TransactionContext ask() {
		List<ContextResolver> asked = resolvers();
		TransactionContext context = TransactionContext.none();
		if (asked.isEmpty()) {
			return context;
		}
		for (ContextResolver resolver : asked) {
			context = context.orElse(ask(resolver));
		}
		return context;
	}

	private TransactionContext ask(ContextResolver resolver) {
		ContextResolver asking = this.asked.get();
		if (asking != null) {
			throw new IllegalStateException(
					"%s uses the database while it is asked on whose behalf to do so; have it tell what the application has verified before"
						.formatted(asking));
		}
		this.asked.set(resolver);
		try {
			TransactionContext context = resolver.resolve();
			return (context != null) ? context : TransactionContext.none();
		}
		finally {
			this.asked.remove();
		}
	}

	/**
	 * What was asked for around the work of a thread, with the answers of the resolvers,
	 * so that another thread has those too.
	 */
	@Nullable RouteScope carried(@Nullable RouteScope scope, @Nullable TransactionRoute transaction) {
		if (transaction != null) {
			ActingScope acting = transaction.acting();
			return (acting != ActingScope.NOBODY) ? RouteScope.orEmpty(scope).with(acting) : scope;
		}
		if (!hasResolvers()) {
			return scope;
		}
		RouteScope around = RouteScope.orEmpty(scope);
		return around.with(new ActingScope(around.acting().named(), resolve(scope), null));
	}

}
