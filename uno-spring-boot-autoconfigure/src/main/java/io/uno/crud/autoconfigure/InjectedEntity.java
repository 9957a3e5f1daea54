package io.uno.crud.autoconfigure;

import io.uno.crud.UnoDb;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.ResolvableType;

/**
 * Finds which entity a {@link UnoDb} is injected for.
 */
final class InjectedEntity {

	private InjectedEntity() {
	}

	@SuppressWarnings("unchecked") // the bean is injected where this type stands
	static <T> Class<T> of(InjectionPoint point) {
		Class<?> entity = typeOf(point).as(UnoDb.class).getGeneric().resolve();
		if (entity == null) {
			throw new UnnamedEntityException(
					"%s of %s".formatted(point, point.getMember().getDeclaringClass().getName()));
		}
		return (Class<T>) entity;
	}

	/**
	 * The descriptor looks into providers and optionals, and knows the subclass that a
	 * generic constructor or field belongs to.
	 */
	private static ResolvableType typeOf(InjectionPoint point) {
		return ((DependencyDescriptor) point).getResolvableType();
	}

}
