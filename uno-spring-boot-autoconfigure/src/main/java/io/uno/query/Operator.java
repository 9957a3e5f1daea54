package io.uno.query;

import java.util.Arrays;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

/**
 * How an attribute compares to a value.
 */
enum Operator {

	EQUAL("=") {
		@Override
		Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value) {
			return builder.equal(attribute, value);
		}
	},

	NOT_EQUAL("!=") {
		@Override
		Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value) {
			return builder.notEqual(attribute, value);
		}
	},

	LESS_THAN("<") {
		@Override
		Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value) {
			return builder.lessThan(ordered(attribute), ordered(value));
		}
	},

	LESS_THAN_OR_EQUAL("<=") {
		@Override
		Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value) {
			return builder.lessThanOrEqualTo(ordered(attribute), ordered(value));
		}
	},

	GREATER_THAN(">") {
		@Override
		Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value) {
			return builder.greaterThan(ordered(attribute), ordered(value));
		}
	},

	GREATER_THAN_OR_EQUAL(">=") {
		@Override
		Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value) {
			return builder.greaterThanOrEqualTo(ordered(attribute), ordered(value));
		}
	};

	private final String symbol;

	Operator(String symbol) {
		this.symbol = symbol;
	}

	static String symbols() {
		return String.join(", ", Arrays.stream(values()).map(Operator::toString).toList());
	}

	abstract Predicate toPredicate(CriteriaBuilder builder, Expression<?> attribute, Object value);

	void requireUsable(AttributePath path, ResolvedPath resolved) {
		if (this != EQUAL && this != NOT_EQUAL && !Comparable.class.isAssignableFrom(resolved.javaType())) {
			throw path.origin()
				.refuse("'%s' of type %s has no order, so '%s' can't compare it".formatted(path,
						resolved.javaType().getSimpleName(), this));
		}
	}

	@SuppressWarnings("unchecked") // checked by requireUsable
	private static Expression<Comparable<Object>> ordered(Expression<?> attribute) {
		return (Expression<Comparable<Object>>) attribute;
	}

	@SuppressWarnings("unchecked") // checked by requireUsable
	private static Comparable<Object> ordered(Object value) {
		return (Comparable<Object>) value;
	}

	@Override
	public String toString() {
		return this.symbol;
	}

}
