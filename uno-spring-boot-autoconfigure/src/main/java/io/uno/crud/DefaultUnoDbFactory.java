package io.uno.crud;

import java.util.List;
import java.util.function.Function;

import io.uno.error.UnknownEntityException;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;

/**
 * The factory over Hibernate's metamodel.
 */
final class DefaultUnoDbFactory implements UnoDbFactory {

	private final EntityManagerFactory entityManagerFactory;

	private final Function<Class<?>, SessionTemplate> sessions;

	DefaultUnoDbFactory(EntityManagerFactory entityManagerFactory, Function<Class<?>, SessionTemplate> sessions) {
		this.entityManagerFactory = entityManagerFactory;
		this.sessions = sessions;
	}

	@Override
	public <T> UnoDb<T> of(Class<T> type) {
		requireEntity(type);
		return new DefaultUnoDb<>(new EntityAccess<>(this.entityManagerFactory, type),
				new TranslatedSessions(this.sessions.apply(type)));
	}

	private void requireEntity(Class<?> type) {
		List<Class<?>> entities = this.entityManagerFactory.getMetamodel()
			.getEntities()
			.stream()
			.<Class<?>>map(EntityType::getJavaType)
			.filter((entity) -> entity != null)
			.toList();
		if (!entities.contains(type)) {
			throw new UnknownEntityException(type.getName(), entities.stream().map(Class::getName).sorted().toList());
		}
	}

}
