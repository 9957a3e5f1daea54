package io.uno.query;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.metamodel.SingularAttribute;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which entities are meant: comparisons of attributes with values, all of which hold.
 * Attributes are named by their path, which follows to-one associations and embedded
 * values, or by JPA's static metamodel.
 *
 * <pre class="code">
 * Filter.of(City.class).where("population").greaterThan(50_000).and("country.code").equalTo("CH");
 * Filter.of(City.class).where(City_.population).greaterThan(50_000).and(City_.country, Country_.code).equalTo("CH");
 * Filter.parse(City.class, "population &gt; 50000 and country.code = 'CH'");
 * </pre>
 *
 * The three are equal. In a text, a quote within quotes is doubled. Values are converted
 * to the attribute's type and sent as parameters, never as SQL. As in SQL, no comparison
 * holds for an attribute that is null, {@code !=} neither.
 *
 * <p>
 * Attributes and values are checked when the filter is first used, since that takes
 * Hibernate's metamodel. Immutable, and so safe for use by many threads.
 *
 * @param <T> type of the entity
 * @since 0.1.0
 */
public final class Filter<T> {

	private final Class<T> type;

	private final Expression expression;

	private Filter(Class<T> type, Expression expression) {
		this.type = type;
		this.expression = expression;
	}

	/**
	 * Begin a filter.
	 * @param <T> type of the entity
	 * @param type the entity
	 * @return what takes the first attribute
	 */
	public static <T> Start<T> of(Class<T> type) {
		return new Start<>(type);
	}

	/**
	 * Read a filter from its text.
	 *
	 * <p>
	 * A text from outside reaches every attribute and association of the entity. There is
	 * no list of allowed ones yet: build the filter from the parts that users may choose
	 * instead.
	 * @param <T> type of the entity
	 * @param type the entity
	 * @param text the text, such as {@code country.code = 'CH' and population > 50000}
	 * @return the filter
	 * @throws io.uno.error.InvalidQueryException if the text is not a filter; names the
	 * position
	 */
	public static <T> Filter<T> parse(Class<T> type, String text) {
		return new Filter<>(type, new FilterParser(text).parse());
	}

	/**
	 * Demand something of another attribute.
	 * @param path path of the attribute, such as {@code country.code}
	 * @return what takes the comparison
	 * @throws io.uno.error.InvalidQueryException if that is not a path
	 */
	public Condition<T, Object> and(String path) {
		return new Condition<>(this.type, this.expression, AttributePath.of(path));
	}

	/**
	 * Demand something of another attribute.
	 * @param <Y> type of the attribute
	 * @param attribute the attribute
	 * @return what takes the comparison
	 */
	public <Y> Condition<T, Y> and(SingularAttribute<? super T, Y> attribute) {
		return new Condition<>(this.type, this.expression, pathOf(attribute));
	}

	/**
	 * Demand something of an attribute of an associated entity.
	 * @param <X> type of the associated entity
	 * @param <Y> type of the attribute
	 * @param association the association
	 * @param attribute the associated entity's attribute
	 * @return what takes the comparison
	 */
	public <X, Y> Condition<T, Y> and(SingularAttribute<? super T, X> association,
			SingularAttribute<? super X, Y> attribute) {
		return new Condition<>(this.type, this.expression, pathOf(association, attribute));
	}

	/**
	 * Demand what another filter demands, too.
	 * @param other the other filter
	 * @return a filter for what both mean
	 */
	public Filter<T> and(Filter<T> other) {
		return new Filter<>(this.type, this.expression.and(other.expression));
	}

	/**
	 * Return the entity that is filtered.
	 * @return its class
	 */
	public Class<T> type() {
		return this.type;
	}

	/**
	 * Return this filter in terms of JPA's criteria. A reference to this method is a
	 * {@code PredicateSpecification} of Spring Data JPA.
	 * @param from what is filtered
	 * @param builder makes the predicate
	 * @return the predicate
	 * @throws io.uno.error.InvalidQueryException if an attribute or a value does not fit
	 * the entity
	 */
	public Predicate toPredicate(From<?, T> from, CriteriaBuilder builder) {
		return this.expression.toPredicate(from, builder);
	}

	private static AttributePath pathOf(SingularAttribute<?, ?>... attributes) {
		StringBuilder path = new StringBuilder();
		for (SingularAttribute<?, ?> attribute : attributes) {
			Assert.notNull(attribute, "An attribute of the static metamodel is null until Hibernate has started");
			path.append(path.isEmpty() ? "" : ".").append(attribute.getName());
		}
		return AttributePath.of(path.toString());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Filter<?> filter && this.type == filter.type
				&& this.expression.equals(filter.expression);
	}

	@Override
	public int hashCode() {
		return this.expression.hashCode();
	}

	/**
	 * Returns the text of this filter, from which {@link #parse} makes an equal one.
	 */
	@Override
	public String toString() {
		return this.expression.toString();
	}

	/**
	 * A filter that demands nothing yet, and so is none.
	 *
	 * @param <T> type of the entity
	 */
	public static final class Start<T> {

		private final Class<T> type;

		private Start(Class<T> type) {
			this.type = type;
		}

		/**
		 * Demand something of an attribute.
		 * @param path path of the attribute, such as {@code country.code}
		 * @return what takes the comparison
		 * @throws io.uno.error.InvalidQueryException if that is not a path
		 */
		public Condition<T, Object> where(String path) {
			return new Condition<>(this.type, null, AttributePath.of(path));
		}

		/**
		 * Demand something of an attribute.
		 * @param <Y> type of the attribute
		 * @param attribute the attribute
		 * @return what takes the comparison
		 */
		public <Y> Condition<T, Y> where(SingularAttribute<? super T, Y> attribute) {
			return new Condition<>(this.type, null, pathOf(attribute));
		}

		/**
		 * Demand something of an attribute of an associated entity.
		 * @param <X> type of the associated entity
		 * @param <Y> type of the attribute
		 * @param association the association
		 * @param attribute the associated entity's attribute
		 * @return what takes the comparison
		 */
		public <X, Y> Condition<T, Y> where(SingularAttribute<? super T, X> association,
				SingularAttribute<? super X, Y> attribute) {
			return new Condition<>(this.type, null, pathOf(association, attribute));
		}

	}

	/**
	 * An attribute that waits for what it is compared with. A value must be of the
	 * attribute's type, or a number or a text that can be converted to it.
	 *
	 * @param <T> type of the entity
	 * @param <Y> type of the attribute
	 */
	public static final class Condition<T, Y> {

		private final Class<T> type;

		private final @Nullable Expression before;

		private final AttributePath path;

		private Condition(Class<T> type, @Nullable Expression before, AttributePath path) {
			this.type = type;
			this.before = before;
			this.path = path;
		}

		/**
		 * Demand a value.
		 * @param value the value
		 * @return the filter
		 */
		public Filter<T> equalTo(Y value) {
			return compare(Operator.EQUAL, value);
		}

		/**
		 * Demand another value than this.
		 * @param value the value
		 * @return the filter
		 */
		public Filter<T> notEqualTo(Y value) {
			return compare(Operator.NOT_EQUAL, value);
		}

		/**
		 * Demand less than a value.
		 * @param value the value
		 * @return the filter
		 */
		public Filter<T> lessThan(Y value) {
			return compare(Operator.LESS_THAN, value);
		}

		/**
		 * Demand a value or less.
		 * @param value the value
		 * @return the filter
		 */
		public Filter<T> lessThanOrEqualTo(Y value) {
			return compare(Operator.LESS_THAN_OR_EQUAL, value);
		}

		/**
		 * Demand more than a value.
		 * @param value the value
		 * @return the filter
		 */
		public Filter<T> greaterThan(Y value) {
			return compare(Operator.GREATER_THAN, value);
		}

		/**
		 * Demand a value or more.
		 * @param value the value
		 * @return the filter
		 */
		public Filter<T> greaterThanOrEqualTo(Y value) {
			return compare(Operator.GREATER_THAN_OR_EQUAL, value);
		}

		private Filter<T> compare(Operator operator, Y value) {
			Assert.notNull(value, () -> "'%s' can't be compared with null".formatted(this.path));
			Expression comparison = new Expression.Comparison(this.path, operator, Literal.given(value));
			return new Filter<>(this.type, (this.before != null) ? this.before.and(comparison) : comparison);
		}

	}

}
