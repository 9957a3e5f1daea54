package io.uno.routing.autoconfigure;

import java.util.function.Supplier;

import io.uno.routing.ContextResolver;
import io.uno.routing.TransactionContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.StringUtils;

/**
 * Tells the user that Spring Security has authenticated. Whoever is anonymous is nobody.
 */
class SecurityContextResolver implements ContextResolver, Ordered {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final Supplier<SecurityContextHolderStrategy> holder;

	SecurityContextResolver(Supplier<SecurityContextHolderStrategy> holder) {
		this.holder = holder;
	}

	@Override
	public @Nullable TransactionContext resolve() {
		Authentication authentication = this.holder.get().getContext().getAuthentication();
		String name = this.trust.isAuthenticated(authentication) && authentication != null ? authentication.getName()
				: null;
		return StringUtils.hasText(name) ? TransactionContext.none().withUser(name) : null;
	}

	/**
	 * After what the application says itself.
	 */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public String toString() {
		return "Spring Security";
	}

}
