package io.uno.query;

import java.util.List;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Predicate;

/**
 * What a filter demands of a row. Equal to whatever demands the same, wherever it was
 * written; its {@code toString()} is its text.
 */
sealed interface Expression {

	Predicate toPredicate(From<?, ?> from, CriteriaBuilder builder);

	/**
	 * The comparisons and conjunctions that must hold together.
	 */
	default List<Expression> conjuncts() {
		return List.of(this);
	}

	default Expression and(Expression other) {
		return new Conjunction(List.of(this, other));
	}

	/**
	 * Demands that an attribute compares to a value.
	 */
	record Comparison(AttributePath path, Operator operator, Literal literal) implements Expression {

		@Override
		public Predicate toPredicate(From<?, ?> from, CriteriaBuilder builder) {
			ResolvedPath resolved = this.path.resolve(from);
			this.operator.requireUsable(this.path, resolved);
			return this.operator.toPredicate(builder, resolved.in(from), this.literal.valueFor(this.path, resolved));
		}

		@Override
		public String toString() {
			return this.path + " " + this.operator + " " + this.literal;
		}

	}

	/**
	 * Demands all of its terms, none of which is a conjunction.
	 */
	record Conjunction(List<Expression> terms) implements Expression {

		public Conjunction {
			terms = terms.stream().flatMap((term) -> term.conjuncts().stream()).toList();
		}

		@Override
		public Predicate toPredicate(From<?, ?> from, CriteriaBuilder builder) {
			return builder
				.and(this.terms.stream().map((term) -> term.toPredicate(from, builder)).toArray(Predicate[]::new));
		}

		@Override
		public List<Expression> conjuncts() {
			return this.terms;
		}

		@Override
		public String toString() {
			return String.join(" and ", this.terms.stream().map(Object::toString).toList());
		}

	}

}
