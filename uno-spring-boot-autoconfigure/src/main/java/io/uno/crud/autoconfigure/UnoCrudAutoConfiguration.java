package io.uno.crud.autoconfigure;

import io.uno.crud.UnoDb;
import io.uno.crud.UnoDbFactory;
import io.uno.routing.DatabaseClaims;
import io.uno.session.SessionTemplate;
import io.uno.session.autoconfigure.UnoSessionAutoConfiguration;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.data.domain.Window;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/**
 * Auto-configuration of typed create, read, update and delete.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoSessionAutoConfiguration.class)
@ConditionalOnClass({ SessionFactory.class, EntityManagerFactoryUtils.class, Window.class })
@ConditionalOnSingleCandidate(EntityManagerFactory.class)
@ConditionalOnBean(SessionTemplate.class)
public final class UnoCrudAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	UnoDbFactory unoDbFactory(EntityManagerFactory entityManagerFactory, SessionTemplate sessions,
			ObjectProvider<DatabaseClaims> claims) {
		DatabaseClaims known = claims.getIfAvailable();
		if (known == null) {
			return UnoDbFactory.create(entityManagerFactory, (entity) -> sessions);
		}
		return UnoDbFactory.create(entityManagerFactory, (entity) -> sessions.on(known.ownerOf(entity).name()));
	}

	/**
	 * Made anew for every place of injection, whose type names the entity. A bean of the
	 * application for one entity is preferred by Spring, since its type matches exactly.
	 */
	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	<T> UnoDb<T> unoDb(InjectionPoint injectionPoint, UnoDbFactory factory) {
		return factory.of(InjectedEntity.<T>of(injectionPoint));
	}

}
