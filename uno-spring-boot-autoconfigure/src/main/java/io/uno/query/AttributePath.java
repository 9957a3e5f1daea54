package io.uno.query;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.criteria.From;
import jakarta.persistence.metamodel.Attribute;
import jakarta.persistence.metamodel.Bindable;
import jakarta.persistence.metamodel.ManagedType;
import jakarta.persistence.metamodel.SingularAttribute;
import jakarta.persistence.metamodel.Type.PersistenceType;
import org.jspecify.annotations.Nullable;

/**
 * The way from an entity to one of its attributes or, through to-one associations and
 * embedded values, to an attribute of another: {@code country.code}. Equal to a path of
 * the same steps, wherever it was written.
 */
record AttributePath(List<String> steps, Origin origin) {

	static AttributePath of(String path) {
		return of(path, Origin.CODE);
	}

	static AttributePath of(String path, Origin origin) {
		List<String> steps = List.of(path.split("\\.", -1));
		for (String step : steps) {
			if (!isIdentifier(step)) {
				throw origin.refuse("'%s' is not the name of an attribute".formatted(path));
			}
		}
		return new AttributePath(steps, origin);
	}

	private static boolean isIdentifier(String step) {
		return !step.isEmpty() && Character.isJavaIdentifierStart(step.codePointAt(0))
				&& step.codePoints().allMatch(Character::isJavaIdentifierPart);
	}

	ResolvedPath resolve(From<?, ?> from) {
		return resolve(managedTypeOf(from.getModel()));
	}

	private static ManagedType<?> managedTypeOf(Bindable<?> model) {
		if (model instanceof ManagedType<?> type) {
			return type;
		}
		if (model instanceof SingularAttribute<?, ?> attribute && attribute.getType() instanceof ManagedType<?> type) {
			return type;
		}
		throw new IllegalArgumentException("A filter does not apply to %s".formatted(model));
	}

	/**
	 * Find the attributes on the way.
	 * @param type the entity
	 * @return its attributes, step by step
	 * @throws io.uno.error.InvalidQueryException if a step is none of them, or the last
	 * one is not a value that can be compared
	 */
	ResolvedPath resolve(ManagedType<?> type) {
		List<SingularAttribute<?, ?>> attributes = new ArrayList<>();
		Origin at = this.origin;
		ManagedType<?> current = type;
		for (String step : this.steps) {
			if (current == null) {
				throw at.refuse("'%s' has no attributes that could be named by '%s'"
					.formatted(attributes.get(attributes.size() - 1).getName(), this));
			}
			SingularAttribute<?, ?> attribute = singular(current, step, at);
			attributes.add(attribute);
			current = (attribute.getType() instanceof ManagedType<?> next) ? next : null;
			at = at.plus(step.length() + 1);
		}
		requireValue(current);
		return new ResolvedPath(attributes);
	}

	private void requireValue(@Nullable ManagedType<?> last) {
		if (last != null) {
			throw this.origin.refuse("'%s' is %s and no single value; name one of its attributes %s".formatted(this,
					(last.getPersistenceType() == PersistenceType.ENTITY) ? "an association" : "an embedded value",
					names(last)));
		}
	}

	private static SingularAttribute<?, ?> singular(ManagedType<?> type, String name, Origin at) {
		Attribute<?, ?> attribute = type.getAttributes()
			.stream()
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow(() -> at.refuse("%s has no attribute '%s'; it has %s"
				.formatted(type.getJavaType().getSimpleName(), name, names(type))));
		if (attribute instanceof SingularAttribute<?, ?> singular) {
			return singular;
		}
		throw at.refuse("'%s' of %s holds many values; a path follows to-one associations only".formatted(name,
				type.getJavaType().getSimpleName()));
	}

	private static String names(ManagedType<?> type) {
		return String.join(", ", type.getAttributes().stream().map(Attribute::getName).sorted().toList());
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof AttributePath path && this.steps.equals(path.steps);
	}

	@Override
	public int hashCode() {
		return this.steps.hashCode();
	}

	@Override
	public String toString() {
		return String.join(".", this.steps);
	}

}
