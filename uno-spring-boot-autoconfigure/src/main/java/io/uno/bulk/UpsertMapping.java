package io.uno.bulk;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.uno.bulk.BulkRequest.Key;
import io.uno.error.BulkMappingException;

/**
 * The mapping of an entity of which rows are found by a key.
 *
 * @param mapping the entity's mapping, in which null is not allowed for the key
 * @param key the columns of the key
 */
record UpsertMapping(EntityMapping mapping, List<MappedColumn> key) {

	static UpsertMapping of(EntityMapping mapping, Key key, UniqueIndexes indexes) throws SQLException {
		Set<MappedColumn> chosen = new LinkedHashSet<>();
		List<String> attributes = key.attributes().isEmpty() ? List.of(idAttribute(mapping)) : key.attributes();
		attributes.forEach((attribute) -> chosen.addAll(columns(mapping, attribute)));
		requireUnique(mapping, attributes, chosen, indexes);
		List<MappedColumn> columns = mapping.columns()
			.stream()
			.map((column) -> chosen.contains(column) ? column.required() : column)
			.toList();
		List<MappedColumn> required = chosen.stream().map(MappedColumn::required).toList();
		return new UpsertMapping(new EntityMapping(mapping.persister(), columns, mapping.references()), required);
	}

	private static String idAttribute(EntityMapping mapping) {
		return mapping.persister().getIdentifierMapping().getAttributeName();
	}

	private static List<MappedColumn> columns(EntityMapping mapping, String attribute) {
		List<MappedColumn> columns = mapping.columns()
			.stream()
			.filter((column) -> column.attribute().equals(attribute) || column.attribute().startsWith(attribute + "."))
			.toList();
		if (columns.isEmpty()) {
			throw new BulkMappingException(mapping.entityName(),
					"'%s' is not an attribute of %s that a row could be found by; its attributes are %s".formatted(
							attribute, mapping.entityName(),
							mapping.columns().stream().map(MappedColumn::attribute).distinct().toList()));
		}
		return columns;
	}

	/**
	 * A key that is not unique would update several rows by one, or insert a row twice.
	 */
	private static void requireUnique(EntityMapping mapping, List<String> attributes, Set<MappedColumn> key,
			UniqueIndexes indexes) throws SQLException {
		Set<String> sought = Set.copyOf(key.stream().map(MappedColumn::normalizedName).toList());
		List<List<String>> unique = indexes.of(mapping.table());
		if (unique.stream().noneMatch((index) -> Set.copyOf(index).equals(sought))) {
			throw new BulkMappingException(mapping.entityName(),
					"%s cannot be upserted by %s: the table %s has no unique index over exactly these columns; it has them over %s"
						.formatted(mapping.entityName(), attributes, mapping.table(), unique));
		}
	}

	/**
	 * Return the columns that an update writes.
	 * @return the columns, without those of the key
	 */
	List<MappedColumn> updated() {
		return others(OnUpdate.SET, OnUpdate.REGENERATE, OnUpdate.INCREMENT);
	}

	/**
	 * Return the columns of which a difference is a reason to update the row.
	 * @return the columns, without those of the key
	 */
	List<MappedColumn> compared() {
		return others(OnUpdate.SET);
	}

	private List<MappedColumn> others(OnUpdate... kinds) {
		List<MappedColumn> columns = new ArrayList<>(this.mapping.columns());
		columns.removeAll(this.key);
		columns.removeIf((column) -> !List.of(kinds).contains(column.onUpdate()));
		return columns;
	}

}
