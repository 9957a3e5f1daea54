package io.uno.crud;

import java.util.List;
import java.util.Optional;

import io.uno.query.EntityQuery;

import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/**
 * A query that reads in sessions of Hibernate.
 *
 * @param <T> type of the entity
 */
final class DefaultUnoQuery<T> implements UnoQuery<T> {

	private final EntityQuery<T> query;

	private final TranslatedSessions sessions;

	DefaultUnoQuery(EntityQuery<T> query, TranslatedSessions sessions) {
		this.query = query;
		this.sessions = sessions;
	}

	@Override
	public UnoQuery<T> sort(String order) {
		return new DefaultUnoQuery<>(this.query.sort(order), this.sessions);
	}

	@Override
	public UnoQuery<T> sort(Sort order) {
		return new DefaultUnoQuery<>(this.query.sort(order), this.sessions);
	}

	@Override
	public UnoQuery<T> after(ScrollPosition position) {
		return new DefaultUnoQuery<>(this.query.after(position), this.sessions);
	}

	@Override
	public UnoQuery<T> limit(int limit) {
		return new DefaultUnoQuery<>(this.query.limit(limit), this.sessions);
	}

	@Override
	public List<T> list() {
		return this.sessions.read(this.query::list);
	}

	@Override
	public T one() {
		return this.sessions.read(this.query::one);
	}

	@Override
	public Optional<T> optional() {
		return this.sessions.read(this.query::optional);
	}

	@Override
	public long count() {
		return this.sessions.read(this.query::count);
	}

	@Override
	public boolean exists() {
		return this.sessions.read(this.query::exists);
	}

	@Override
	public Window<T> window() {
		return this.sessions.read(this.query::window);
	}

	@Override
	public String toString() {
		return this.query.toString();
	}

}
