package io.uno.routing.autoconfigure;

import java.util.function.Predicate;

import io.uno.datasource.Database;
import io.uno.model.RowLevelSecurity;
import io.uno.routing.ContextResolver;
import io.uno.routing.DatabaseClaims;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Tells on which databases roles or tenants are to be separated: where roles may be
 * taken, something tells tenants, or an entity is under row security.
 *
 * @param context where beans are found
 */
record SeparatedDatabases(SupplierContext context) implements Predicate<Database> {

	private static final boolean JPA_PRESENT = ClassUtils.isPresent("jakarta.persistence.EntityManagerFactory", null);

	@Override
	public boolean test(Database database) {
		return !database.roles().isEmpty() || isResolved() || this.context.bean(RouteAnnotations.class).isSeparating()
				|| (JPA_PRESENT && Entities.isAnySecured(this.context, database));
	}

	/**
	 * By more than Spring Security's user, whom most applications have.
	 */
	private boolean isResolved() {
		return this.context.beanProvider(ContextResolver.class)
			.stream()
			.anyMatch((resolver) -> resolver.getClass() != SecurityContextResolver.class);
	}

	/**
	 * Loaded only where JPA is there.
	 */
	private static final class Entities {

		static boolean isAnySecured(SupplierContext context, Database database) {
			DatabaseClaims claims = context.bean(DatabaseClaims.class);
			return context.beanProvider(EntityManagerFactory.class)
				.stream()
				.flatMap((factory) -> factory.getMetamodel().getEntities().stream())
				.anyMatch((entity) -> AnnotatedElementUtils.hasAnnotation(entity.getJavaType(), RowLevelSecurity.class)
						&& claims.ownerOf(entity.getJavaType()).equals(database));
		}

	}

}
