package io.uno.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.uno.error.AmbiguousEntityException;
import io.uno.error.InvalidQueryException;
import io.uno.error.NoSuchEntityException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Selection;
import jakarta.persistence.metamodel.EntityType;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/**
 * The entities that a filter means, in an order and a number, read by an
 * {@link EntityManager}.
 *
 * <pre class="code">
 * EntityQuery&lt;City&gt; cities = EntityQuery.of(filter).sort("-population, name").limit(20);
 * Window&lt;City&gt; first = cities.window(entityManager);
 * Window&lt;City&gt; second = cities.after(first.positionAt(first.size() - 1)).window(entityManager);
 * </pre>
 *
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @param <T> type of the entity
 * @since 0.1.0
 */
public final class EntityQuery<T> {

	private final Filter<T> filter;

	private final List<SortKey> sort;

	private final @Nullable KeysetScrollPosition position;

	private final @Nullable Integer limit;

	private EntityQuery(Filter<T> filter, List<SortKey> sort, @Nullable KeysetScrollPosition position,
			@Nullable Integer limit) {
		this.filter = filter;
		this.sort = sort;
		this.position = position;
		this.limit = limit;
	}

	/**
	 * Create a query without an order and a limit.
	 * @param <T> type of the entity
	 * @param filter which entities are meant
	 * @return the query
	 */
	public static <T> EntityQuery<T> of(Filter<T> filter) {
		return new EntityQuery<>(filter, List.of(), null, null);
	}

	/**
	 * Give the rows an order.
	 * @param order paths of attributes with commas between, a {@code -} in front for
	 * descending order, such as {@code -population, name}
	 * @return a copy of this query in that order
	 * @throws InvalidQueryException if that is not an order
	 */
	public EntityQuery<T> sort(String order) {
		return new EntityQuery<>(this.filter, SortKey.parse(order), this.position, this.limit);
	}

	/**
	 * Give the rows an order.
	 * @param order the order, by properties and directions
	 * @return a copy of this query in that order
	 * @throws InvalidQueryException if it ignores case or places nulls
	 */
	public EntityQuery<T> sort(Sort order) {
		return new EntityQuery<>(this.filter, SortKey.of(order), this.position, this.limit);
	}

	/**
	 * Leave out the rows up to a position or, if it scrolls backward, from it on.
	 * @param position where a window of the same order ended:
	 * {@link Window#positionAt(int)}, or {@link ScrollPosition#keyset()} for the
	 * beginning
	 * @return a copy of this query that goes on from there
	 * @throws InvalidQueryException if the position is an offset
	 */
	public EntityQuery<T> after(ScrollPosition position) {
		if (position instanceof KeysetScrollPosition keyset) {
			return new EntityQuery<>(this.filter, this.sort, keyset, this.limit);
		}
		throw new InvalidQueryException(
				"Expected a position in a keyset (ScrollPosition.keyset(), or one of a window) but got %s"
					.formatted(position),
				0);
	}

	/**
	 * Limit the number of rows.
	 * @param limit the greatest number of rows, at least 1
	 * @return a copy of this query that returns no more
	 * @throws InvalidQueryException if the limit is less than 1
	 */
	public EntityQuery<T> limit(int limit) {
		if (limit < 1) {
			throw new InvalidQueryException("A limit is at least 1, not %d".formatted(limit), 0);
		}
		return new EntityQuery<>(this.filter, this.sort, this.position, limit);
	}

	/**
	 * Read the rows.
	 * @param entityManager reads them
	 * @return the rows, in the query's order, after its position and up to its limit
	 * @throws InvalidQueryException if an attribute, a value or the position does not fit
	 * the entity
	 */
	public List<T> list(EntityManager entityManager) {
		return (this.position != null) ? window(entityManager, this.position, this.limit).getContent()
				: ordered(entityManager).getResultList();
	}

	/**
	 * Read the one row that the filter means, whatever the order, position and limit.
	 * @param entityManager reads it
	 * @return the row
	 * @throws NoSuchEntityException if there is none
	 * @throws AmbiguousEntityException if there is more than one
	 * @throws InvalidQueryException if an attribute or a value does not fit the entity
	 */
	public T one(EntityManager entityManager) {
		return optional(entityManager)
			.orElseThrow(() -> new NoSuchEntityException(entityType(entityManager).getName(), this.filter.toString()));
	}

	/**
	 * Read the one row that the filter means, if there is one, whatever the order,
	 * position and limit.
	 * @param entityManager reads it
	 * @return the row
	 * @throws AmbiguousEntityException if there is more than one
	 * @throws InvalidQueryException if an attribute or a value does not fit the entity
	 */
	public Optional<T> optional(EntityManager entityManager) {
		List<T> rows = of(this.filter).limit(2).list(entityManager);
		if (rows.size() > 1) {
			throw new AmbiguousEntityException(entityType(entityManager).getName(), this.filter.toString());
		}
		return rows.stream().findFirst();
	}

	/**
	 * Count the rows that the filter means, whatever the position and limit.
	 * @param entityManager counts them
	 * @return the number of rows
	 * @throws InvalidQueryException if an attribute or a value does not fit the entity
	 */
	public long count(EntityManager entityManager) {
		CriteriaBuilder builder = entityManager.getCriteriaBuilder();
		CriteriaQuery<Long> query = builder.createQuery(Long.class);
		Root<T> root = query.from(this.filter.type());
		query.select(builder.count(root)).where(this.filter.toPredicate(root, builder));
		return entityManager.createQuery(query).getSingleResult();
	}

	/**
	 * Tell whether there is a row that the filter means, whatever the position and limit.
	 * @param entityManager looks for one
	 * @return whether there is one
	 * @throws InvalidQueryException if an attribute or a value does not fit the entity
	 */
	public boolean exists(EntityManager entityManager) {
		CriteriaBuilder builder = entityManager.getCriteriaBuilder();
		CriteriaQuery<Integer> query = builder.createQuery(Integer.class);
		Root<T> root = query.from(this.filter.type());
		query.select(builder.literal(1)).where(this.filter.toPredicate(root, builder));
		return !entityManager.createQuery(query).setMaxResults(1).getResultList().isEmpty();
	}

	/**
	 * Read a window of the rows. Where the rows tie, the primary key decides.
	 * @param entityManager reads them
	 * @return the rows and their positions, by which the next window is found; its costs
	 * do not depend on how many rows come before
	 * @throws InvalidQueryException if the query has no limit, an attribute of its order
	 * may be null, or an attribute, a value or the position does not fit the entity
	 */
	public Window<T> window(EntityManager entityManager) {
		if (this.limit == null) {
			throw new InvalidQueryException("A window needs a size: call limit(20)", 0);
		}
		return window(entityManager, (this.position != null) ? this.position : ScrollPosition.keyset(), this.limit);
	}

	private TypedQuery<T> ordered(EntityManager entityManager) {
		CriteriaBuilder builder = entityManager.getCriteriaBuilder();
		CriteriaQuery<T> query = builder.createQuery(this.filter.type());
		Root<T> root = query.from(this.filter.type());
		query.select(root).where(this.filter.toPredicate(root, builder)).orderBy(orders(root, builder));
		TypedQuery<T> limited = entityManager.createQuery(query);
		return (this.limit != null) ? limited.setMaxResults(this.limit) : limited;
	}

	private List<Order> orders(Root<T> root, CriteriaBuilder builder) {
		return this.sort.stream().map((key) -> {
			Path<?> path = key.path().resolve(root).orNullIn(root);
			return key.ascending() ? builder.asc(path) : builder.desc(path);
		}).toList();
	}

	/**
	 * One row more than the limit tells whether there are more.
	 */
	private Window<T> window(EntityManager entityManager, KeysetScrollPosition position, @Nullable Integer limit) {
		Keyset keyset = new KeysetResolver(entityManager.getEntityManagerFactory(), this.filter.type())
			.resolve(this.sort);
		TypedQuery<Tuple> query = entityManager.createQuery(windowQuery(entityManager, keyset, position));
		if (limit != null && limit < Integer.MAX_VALUE) {
			query.setMaxResults(limit + 1);
		}
		List<Tuple> rows = query.getResultList();
		boolean more = limit != null && rows.size() > limit;
		List<Tuple> shown = new ArrayList<>(more ? rows.subList(0, Objects.requireNonNull(limit)) : rows);
		if (position.scrollsBackward()) {
			Collections.reverse(shown);
		}
		return window(shown, keyset, position.getDirection(), more);
	}

	/**
	 * Reads the keys beside each row, since an association of a row can't be read any
	 * more when a position is asked for.
	 */
	private CriteriaQuery<Tuple> windowQuery(EntityManager entityManager, Keyset keyset,
			KeysetScrollPosition position) {
		CriteriaBuilder builder = entityManager.getCriteriaBuilder();
		CriteriaQuery<Tuple> query = builder.createTupleQuery();
		Root<T> root = query.from(this.filter.type());
		List<Selection<?>> selections = Stream.concat(Stream.of(root), keyset.selections(root).stream())
			.<Selection<?>>map((selection) -> selection)
			.toList();
		query.select(builder.tuple(selections)).orderBy(keyset.orders(root, builder, position.scrollsBackward()));
		if (position.isInitial()) {
			return query.where(this.filter.toPredicate(root, builder));
		}
		return query.where(this.filter.toPredicate(root, builder), keyset.beyond(position, root, builder));
	}

	private Window<T> window(List<Tuple> rows, Keyset keyset, ScrollPosition.Direction direction, boolean more) {
		List<T> entities = rows.stream().map((row) -> this.filter.type().cast(row.get(0))).toList();
		List<KeysetScrollPosition> positions = rows.stream().map((row) -> {
			List<?> values = List.of(row.toArray());
			return keyset.position(values.subList(1, values.size()), direction);
		}).toList();
		return Window.from(entities, positions::get, more);
	}

	private EntityType<T> entityType(EntityManager entityManager) {
		return entityManager.getMetamodel().entity(this.filter.type());
	}

	@Override
	public String toString() {
		return "EntityQuery[%s where %s]".formatted(this.filter.type().getSimpleName(), this.filter);
	}

}
