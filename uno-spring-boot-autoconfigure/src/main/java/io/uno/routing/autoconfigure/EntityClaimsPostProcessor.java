package io.uno.routing.autoconfigure;

import java.util.function.Supplier;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.UnoRoutingContributor;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.AbstractEntityManagerFactoryBean;

/**
 * Tells each persistence unit, Boot's and those of the application, where databases are
 * claimed.
 */
class EntityClaimsPostProcessor implements BeanPostProcessor {

	private final Supplier<DatabaseClaims> claims;

	EntityClaimsPostProcessor(Supplier<DatabaseClaims> claims) {
		this.claims = claims;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (bean instanceof AbstractEntityManagerFactoryBean unit) {
			unit.getJpaPropertyMap().putIfAbsent(UnoRoutingContributor.CLAIMS, this.claims.get());
		}
		return bean;
	}

}
