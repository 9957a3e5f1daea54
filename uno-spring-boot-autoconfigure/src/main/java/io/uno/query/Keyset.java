package io.uno.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.uno.error.InvalidQueryException;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;

import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;

/**
 * The attributes that give every row a place of its own in an order: those it is sorted
 * by, and the primary key where they tie.
 *
 * @param keys the attributes, none of them nullable
 */
record Keyset(List<Key> keys) {

	List<Order> orders(From<?, ?> from, CriteriaBuilder builder, boolean backward) {
		return this.keys.stream().map((key) -> {
			Path<?> path = key.path().in(from);
			return (key.ascending() != backward) ? builder.asc(path) : builder.desc(path);
		}).toList();
	}

	List<Path<?>> selections(From<?, ?> from) {
		List<Path<?>> paths = new ArrayList<>();
		this.keys.forEach((key) -> paths.add(key.path().in(from)));
		return paths;
	}

	/**
	 * The rows beyond a position: those with a greater first key, or with an equal first
	 * and a greater second key, and so on. Directions may differ from key to key, which a
	 * comparison of whole rows could not say.
	 */
	Predicate beyond(KeysetScrollPosition position, From<?, ?> from, CriteriaBuilder builder) {
		requireSameKeys(position);
		List<Predicate> alternatives = new ArrayList<>();
		List<Predicate> equal = new ArrayList<>();
		for (Key key : this.keys) {
			Path<?> path = key.path().in(from);
			Object value = key.valueIn(position);
			List<Predicate> alternative = new ArrayList<>(equal);
			alternative.add(key.operator(position.scrollsBackward()).toPredicate(builder, path, value));
			alternatives.add(builder.and(alternative.toArray(Predicate[]::new)));
			equal.add(builder.equal(path, value));
		}
		return builder.or(alternatives.toArray(Predicate[]::new));
	}

	private void requireSameKeys(KeysetScrollPosition position) {
		List<String> names = this.keys.stream().map((key) -> key.name().toString()).sorted().toList();
		List<String> given = position.getKeys().keySet().stream().sorted().toList();
		if (!names.equals(given)) {
			throw new InvalidQueryException("The position is one of another order: it has %s, this order needs %s"
				.formatted(String.join(", ", given), String.join(", ", names)), 0);
		}
	}

	/**
	 * The position of a row.
	 * @param values the values of the keys, in their order
	 * @param direction where the window goes
	 */
	KeysetScrollPosition position(List<?> values, ScrollPosition.Direction direction) {
		Map<String, Object> position = new LinkedHashMap<>();
		for (int i = 0; i < this.keys.size(); i++) {
			position.put(this.keys.get(i).name().toString(), values.get(i));
		}
		return ScrollPosition.of(position, direction);
	}

	/**
	 * One of the attributes.
	 */
	record Key(AttributePath name, ResolvedPath path, boolean ascending) {

		Operator operator(boolean backward) {
			return (this.ascending != backward) ? Operator.GREATER_THAN : Operator.LESS_THAN;
		}

		Object valueIn(KeysetScrollPosition position) {
			Object value = position.getKeys().get(this.name.toString());
			if (value == null) {
				throw new InvalidQueryException("The position has no value of '%s'".formatted(this.name), 0);
			}
			return Literal.given(value).valueFor(this.name, this.path);
		}

	}

}
