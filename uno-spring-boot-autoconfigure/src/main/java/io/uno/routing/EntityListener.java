package io.uno.routing;

import org.hibernate.LockMode;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.AutoFlushEvent;
import org.hibernate.event.spi.AutoFlushEventListener;
import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.EventType;
import org.hibernate.event.spi.InitializeCollectionEvent;
import org.hibernate.event.spi.InitializeCollectionEventListener;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.LockEvent;
import org.hibernate.event.spi.LockEventListener;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.event.spi.PostLoadEvent;
import org.hibernate.event.spi.PostLoadEventListener;
import org.hibernate.event.spi.RefreshContext;
import org.hibernate.event.spi.RefreshEvent;
import org.hibernate.event.spi.RefreshEventListener;
import org.hibernate.event.spi.ReplicateEvent;
import org.hibernate.event.spi.ReplicateEventListener;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Claims the database of what a session is asked for, before Hibernate does anything
 * about it, and refuses what a read-only transaction can't do.
 */
final class EntityListener
		implements LoadEventListener, PersistEventListener, MergeEventListener, DeleteEventListener, LockEventListener,
		RefreshEventListener, AutoFlushEventListener, InitializeCollectionEventListener, PostLoadEventListener {

	private final transient EntityRoutes routes;

	EntityListener(EntityRoutes routes) {
		this.routes = routes;
	}

	/**
	 * What only claims is left out where there is nothing to choose from.
	 */
	void register(EventListenerRegistry registry) {
		registry.prependListeners(EventType.LOAD, this);
		registry.prependListeners(EventType.PERSIST, this);
		registry.prependListeners(EventType.DELETE, this);
		registry.prependListeners(EventType.LOCK, this);
		registry.prependListeners(EventType.REFRESH, this);
		registry.prependListeners(EventType.REPLICATE, new OnReplicate(this.routes));
		if (this.routes.isSeveral()) {
			registry.prependListeners(EventType.PERSIST_ONFLUSH, new OnFlush(this.routes));
			registry.prependListeners(EventType.MERGE, this);
			registry.prependListeners(EventType.AUTO_FLUSH, this);
			registry.prependListeners(EventType.INIT_COLLECTION, this);
			registry.prependListeners(EventType.POST_LOAD, this);
		}
	}

	/**
	 * The proxies of a row's associations send nothing.
	 */
	@Override
	public void onLoad(LoadEvent event, LoadType type) {
		if (type == LoadEventListener.INTERNAL_LOAD_LAZY) {
			return;
		}
		String entity = event.getEntityClassName();
		requireLockable(event.getLockOptions().getLockMode(), entity);
		if (entity != null) {
			this.routes.claimInTransaction(entity);
		}
	}

	@Override
	public void onPersist(PersistEvent event) {
		String entity = nameOf(event.getEntityName(), event.getObject());
		this.routes.requireWritable("persist", entity);
		this.routes.claim(entity, event.getSession());
	}

	@Override
	public void onPersist(PersistEvent event, PersistContext createdAlready) {
		onPersist(event);
	}

	@Override
	public void onMerge(MergeEvent event) {
		Object original = event.getOriginal();
		if (original != null) {
			this.routes.claimInTransaction(nameOf(event.getEntityName(), original));
		}
	}

	@Override
	public void onMerge(MergeEvent event, MergeContext copiedAlready) {
		onMerge(event);
	}

	@Override
	public void onDelete(DeleteEvent event) {
		String entity = nameOf(event.getEntityName(), event.getObject());
		this.routes.requireWritable("delete", entity);
		this.routes.claimInTransaction(entity);
	}

	@Override
	public void onDelete(DeleteEvent event, DeleteContext transientEntities) {
		onDelete(event);
	}

	@Override
	public void onLock(LockEvent event) {
		String entity = nameOf(event.getEntityName(), event.getObject());
		requireLockable(event.getLockOptions().getLockMode(), entity);
		this.routes.claimInTransaction(entity);
	}

	@Override
	public void onRefresh(RefreshEvent event) {
		String entity = nameOf(event.getEntityName(), event.getObject());
		requireLockable(event.getLockOptions().getLockMode(), entity);
		this.routes.claimInTransaction(entity);
	}

	@Override
	public void onRefresh(RefreshEvent event, RefreshContext refreshedAlready) {
		onRefresh(event);
	}

	@Override
	public void onAutoFlush(AutoFlushEvent event) {
		this.routes.claimInTransaction(event.getQuerySpaces(), event.getSession().getFactory());
	}

	@Override
	public void onInitializeCollection(InitializeCollectionEvent event) {
		this.routes.claimInTransaction(event.getCollectionPersister().getOwnerEntityPersister().getEntityName());
	}

	@Override
	public void onPostLoad(PostLoadEvent event) {
		this.routes.requireOwned(event.getPersister(), event.getSession());
	}

	private void requireLockable(LockMode mode, @Nullable String entity) {
		if (mode.isPessimistic()) {
			this.routes.requireWritable("lock", entity);
		}
	}

	private static String nameOf(@Nullable String given, Object entity) {
		if (given != null) {
			return given;
		}
		LazyInitializer proxy = HibernateProxy.extractLazyInitializer(entity);
		return (proxy != null) ? proxy.getEntityName() : entity.getClass().getName();
	}

	/**
	 * A flush cascades to what is persistent already, which writes nothing by itself.
	 *
	 * @param routes where the database is claimed
	 */
	private record OnFlush(EntityRoutes routes) implements PersistEventListener {

		@Override
		public void onPersist(PersistEvent event) {
			this.routes.claim(nameOf(event.getEntityName(), event.getObject()), event.getSession());
		}

		@Override
		public void onPersist(PersistEvent event, PersistContext createdAlready) {
			onPersist(event);
		}

	}

	/**
	 * Whoever still replicates is treated as whoever persists.
	 *
	 * @param routes where the database is claimed
	 */
	@SuppressWarnings("deprecation")
	private record OnReplicate(EntityRoutes routes) implements ReplicateEventListener {

		@Override
		public void onReplicate(ReplicateEvent event) {
			String entity = nameOf(event.getEntityName(), event.getObject());
			this.routes.requireWritable("replicate", entity);
			this.routes.claim(entity, event.getSession());
		}

	}

}
