package io.uno.routing;

import org.jspecify.annotations.Nullable;

/**
 * Tells on whose behalf the current thread works, from what the application has verified,
 * such as the claims of an access token. Every bean of this type is asked, in its order,
 * once for each transaction, before the first statement; of two that tell the same
 * setting, the first one wins. What templates and {@link ActingAs} say wins over all of
 * them.
 *
 * <pre class="code">
 * &#064;Bean
 * ContextResolver tenants(CurrentAgency agency) {
 *     return () -&gt; TransactionContext.none().withTenant(agency.id());
 * }
 * </pre>
 *
 * A resolver must not use the database itself. What it says is left out on databases
 * other than PostgreSQL, which have no place to keep it. Has to be safe for use by many
 * threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContextResolver {

	/**
	 * Tells on whose behalf the current thread works.
	 * @return role, tenant, user or request, or {@code null} if it is nobody in
	 * particular
	 */
	@Nullable TransactionContext resolve();

}
