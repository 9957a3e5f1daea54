package io.uno.crud;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.uno.error.InvalidQueryException;
import jakarta.persistence.Column;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.metamodel.SingularAttribute;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.entity.EntityPersister;

/**
 * The unique keys that the annotations of an entity tell of. Hibernate keeps none but the
 * natural id after its start.
 */
final class MappedKeys {

	private final EntityAccess<?> access;

	MappedKeys(EntityAccess<?> access) {
		this.access = access;
	}

	/**
	 * Return the only key.
	 * @throws InvalidQueryException if there is none or more than one
	 */
	List<String> single() {
		Set<List<String>> keys = all();
		if (keys.isEmpty()) {
			throw new InvalidQueryException(
					"%s is mapped with neither a natural id nor a unique constraint; name the attributes of a key that is unique in the database"
						.formatted(this.access.name()),
					0);
		}
		if (keys.size() > 1) {
			throw new InvalidQueryException("%s has more than one unique key; name the attributes of one of %s"
				.formatted(this.access.name(), String.join(", ", keys.stream().map(Object::toString).toList())), 0);
		}
		return keys.iterator().next();
	}

	private Set<List<String>> all() {
		Set<List<String>> keys = new LinkedHashSet<>();
		naturalId(keys);
		this.access.metamodel()
			.getSingularAttributes()
			.stream()
			.filter((attribute) -> !attribute.isId() && isUnique(attribute))
			.map((attribute) -> List.of(attribute.getName()))
			.sorted((one, other) -> one.get(0).compareTo(other.get(0)))
			.forEach(keys::add);
		tables().forEach((table) -> Arrays.stream(table.uniqueConstraints())
			.map(this::attributes)
			.filter((attributes) -> !attributes.isEmpty())
			.forEach(keys::add));
		return keys;
	}

	private void naturalId(Set<List<String>> keys) {
		EntityPersister persister = this.access.persister();
		if (persister.hasNaturalIdentifier()) {
			keys.add(Arrays.stream(persister.getNaturalIdentifierProperties())
				.mapToObj((index) -> persister.getPropertyNames()[index])
				.toList());
		}
	}

	private static boolean isUnique(SingularAttribute<?, ?> attribute) {
		if (!(attribute.getJavaMember() instanceof AnnotatedElement member)) {
			return false;
		}
		Column column = member.getAnnotation(Column.class);
		JoinColumn join = member.getAnnotation(JoinColumn.class);
		return (column != null && column.unique()) || (join != null && join.unique());
	}

	private List<Table> tables() {
		List<Table> tables = new ArrayList<>();
		for (Class<?> type = this.access.type(); type != null; type = type.getSuperclass()) {
			Table table = type.getDeclaredAnnotation(Table.class);
			if (table != null) {
				tables.add(table);
			}
		}
		return tables;
	}

	/**
	 * The attributes of a constraint's columns; empty if a column is of no attribute.
	 */
	private List<String> attributes(UniqueConstraint constraint) {
		List<String> attributes = new ArrayList<>();
		for (String column : constraint.columnNames()) {
			this.access.metamodel()
				.getSingularAttributes()
				.stream()
				.map(SingularAttribute::getName)
				.filter((attribute) -> hasColumn(attribute, column))
				.findFirst()
				.ifPresent(attributes::add);
		}
		return (attributes.size() == constraint.columnNames().length) ? attributes : List.of();
	}

	/**
	 * A constraint names columns as the mapping does, before Spring's naming strategy has
	 * put underscores into them.
	 */
	private boolean hasColumn(String attribute, String column) {
		AttributeMapping mapping = this.access.persister().findAttributeMapping(attribute);
		if (mapping == null || mapping.getJdbcTypeCount() != 1) {
			return false;
		}
		String name = mapping.getSelectable(0).getSelectionExpression();
		return plain(name).equals(plain(column));
	}

	private static String plain(String column) {
		return column.replaceAll("[\"`_]", "").toLowerCase(Locale.ROOT);
	}

}
