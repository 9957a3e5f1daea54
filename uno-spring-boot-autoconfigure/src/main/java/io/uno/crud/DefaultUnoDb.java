package io.uno.crud;

import java.util.Optional;

import io.uno.query.EntityQuery;
import io.uno.query.Filter;
import org.hibernate.Session;

/**
 * The operations in sessions of Hibernate.
 *
 * @param <T> type of the entity
 */
final class DefaultUnoDb<T> implements UnoDb<T> {

	private final EntityAccess<T> access;

	private final TranslatedSessions sessions;

	private final GetOrCreate<T> getOrCreate;

	DefaultUnoDb(EntityAccess<T> access, TranslatedSessions sessions) {
		this.access = access;
		this.sessions = sessions;
		this.getOrCreate = new GetOrCreate<>(access, sessions);
	}

	@Override
	public T create(T entity) {
		return this.sessions.write((session) -> {
			session.persist(entity);
			return entity;
		});
	}

	@Override
	public Saved<T> getOrCreate(T entity, String... uniqueKey) {
		return this.getOrCreate.run(entity, uniqueKey);
	}

	@Override
	public T get(Object id) {
		return this.sessions.read((session) -> this.access.get(session, id));
	}

	@Override
	public T get(String attribute, Object value) {
		return where(attribute, value).one();
	}

	@Override
	public Optional<T> find(Object id) {
		return this.sessions.read((session) -> this.access.find(session, id));
	}

	@Override
	public Optional<T> find(String attribute, Object value) {
		return where(attribute, value).optional();
	}

	@Override
	public boolean exists(Object id) {
		return find(id).isPresent();
	}

	@Override
	public boolean exists(String attribute, Object value) {
		return where(attribute, value).exists();
	}

	@Override
	public long count(String attribute, Object value) {
		return where(attribute, value).count();
	}

	@Override
	public T update(T entity) {
		return this.sessions.write((session) -> managed(session, entity));
	}

	@Override
	public void delete(T entity) {
		this.sessions.write((session) -> {
			session.remove(managed(session, entity));
			return true;
		});
	}

	/**
	 * Merging compares the versions. The row is looked for first, since without one a
	 * merge inserts.
	 */
	private T managed(Session session, T entity) {
		if (session.contains(entity)) {
			return entity;
		}
		this.access.getRowOf(session, entity);
		return session.merge(entity);
	}

	@Override
	public void deleteById(Object id) {
		this.sessions.write((session) -> {
			session.remove(this.access.get(session, id));
			return true;
		});
	}

	@Override
	public UnoQuery<T> filter(String text) {
		return filter(Filter.parse(this.access.type(), text));
	}

	@Override
	public UnoQuery<T> filter(Filter<T> filter) {
		return new DefaultUnoQuery<>(EntityQuery.of(filter), this.sessions);
	}

	private UnoQuery<T> where(String attribute, Object value) {
		return filter(Filter.of(this.access.type()).where(attribute).equalTo(value));
	}

	@Override
	public String toString() {
		return "UnoDb[" + this.access.name() + "]";
	}

}
