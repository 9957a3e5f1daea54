package io.uno.event;

import java.util.LinkedHashMap;
import java.util.Map;

import org.hibernate.bytecode.enhance.spi.LazyPropertyInitializer;
import org.hibernate.event.spi.PostDeleteEvent;
import org.hibernate.event.spi.PostDeleteEventListener;
import org.hibernate.event.spi.PostInsertEvent;
import org.hibernate.event.spi.PostInsertEventListener;
import org.hibernate.event.spi.PostUpdateEvent;
import org.hibernate.event.spi.PostUpdateEventListener;
import org.hibernate.type.Type;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Turns Hibernate's events about rows into Spring's.
 */
final class EntityEventPublisher implements PostInsertEventListener, PostUpdateEventListener, PostDeleteEventListener {

	private static final long serialVersionUID = 1L;

	private final transient ApplicationEventPublisher publisher;

	EntityEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onPostInsert(PostInsertEvent event) {
		this.publisher.publishEvent(new EntityCreated<>(event.getEntity()));
	}

	@Override
	public void onPostUpdate(PostUpdateEvent event) {
		this.publisher.publishEvent(new EntityUpdated<>(event.getEntity(), changes(event)));
	}

	@Override
	public void onPostDelete(PostDeleteEvent event) {
		this.publisher.publishEvent(new EntityDeleted<>(event.getEntity()));
	}

	private static Map<String, AttributeChange> changes(PostUpdateEvent event) {
		Map<String, AttributeChange> changes = new LinkedHashMap<>();
		@Nullable Object @Nullable [] before = event.getOldState();
		if (before == null) {
			return changes;
		}
		String[] names = event.getPersister().getPropertyNames();
		for (int i = 0; i < names.length; i++) {
			if (isChanged(event, i, before[i])) {
				changes.put(names[i], new AttributeChange(known(before[i]), event.getState()[i]));
			}
		}
		return changes;
	}

	private static boolean isChanged(PostUpdateEvent event, int attribute, @Nullable Object before) {
		Object now = event.getState()[attribute];
		if (before == now || now == LazyPropertyInitializer.UNFETCHED_PROPERTY) {
			return false;
		}
		Type type = event.getPersister().getPropertyTypes()[attribute];
		return !type.isCollectionType() && (before == LazyPropertyInitializer.UNFETCHED_PROPERTY
				|| type.isDirty(before, now, event.getSession()));
	}

	private static @Nullable Object known(@Nullable Object before) {
		return (before != LazyPropertyInitializer.UNFETCHED_PROPERTY) ? before : null;
	}

}
