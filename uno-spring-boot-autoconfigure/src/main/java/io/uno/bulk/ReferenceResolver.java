package io.uno.bulk;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Resolves natural keys for one operation, many at once and each one only once. A key
 * that contains references is looked up after these.
 */
final class ReferenceResolver {

	/**
	 * How many keys are remembered, so that memory does not grow with the rows.
	 */
	private static final int GREATEST_MEMORY = 200_000;

	/**
	 * Takes the place of a value that is a reference itself and was not found.
	 */
	private static final Object NOT_FOUND = new Object();

	private final KeyLookup lookup;

	private final Map<NaturalKey, Resolution> known = new HashMap<>();

	ReferenceResolver(KeyLookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * Resolve references.
	 * @param target the entity that is referred to
	 * @param entities the referenced entities; {@code null} where there is none
	 * @return for each of them what became of it, or {@code null} where there is none or
	 * it has an id of its own
	 * @throws SQLException if the database fails
	 */
	@Nullable Resolution[] resolve(ReferenceTarget target, @Nullable Object[] entities) throws SQLException {
		if (this.known.size() > GREATEST_MEMORY) {
			this.known.clear();
		}
		@Nullable Object[] open = withoutIdentified(target, entities);
		@Nullable Resolution[] resolutions = new @Nullable Resolution[entities.length];
		for (UniqueKey key : target.keys()) {
			resolve(target, key, open, resolutions);
		}
		for (int i = 0; i < open.length; i++) {
			if (open[i] != null) {
				resolutions[i] = Resolution.incomplete(target.keys().toString());
			}
		}
		return resolutions;
	}

	private static @Nullable Object[] withoutIdentified(ReferenceTarget target, @Nullable Object[] entities) {
		@Nullable Object[] open = new @Nullable Object[entities.length];
		for (int i = 0; i < entities.length; i++) {
			Object entity = entities[i];
			open[i] = (entity != null && !target.isIdentified(entity)) ? entity : null;
		}
		return open;
	}

	/**
	 * Resolve the entities of which a key is complete, and close them.
	 */
	private void resolve(ReferenceTarget target, UniqueKey key, @Nullable Object[] open,
			@Nullable Resolution[] resolutions) throws SQLException {
		@Nullable NaturalKey[] keys = naturalKeys(key, open);
		lookUp(target, key, keys, open);
		for (int i = 0; i < keys.length; i++) {
			NaturalKey natural = keys[i];
			Object entity = open[i];
			if (natural != null && entity != null) {
				Resolution resolution = this.known.get(natural);
				resolutions[i] = (resolution != null) ? resolution : Resolution.missing(target.describe(entity));
				open[i] = null;
			}
		}
	}

	private @Nullable NaturalKey[] naturalKeys(UniqueKey key, @Nullable Object[] entities) throws SQLException {
		List<@Nullable Object[]> columns = new ArrayList<>();
		for (int i = 0; i < key.parts().size(); i++) {
			columns.add(values(key.parts().get(i), key.conversions().get(i), entities));
		}
		@Nullable NaturalKey[] keys = new @Nullable NaturalKey[entities.length];
		for (int i = 0; i < entities.length; i++) {
			keys[i] = naturalKey(key, columns, i);
		}
		return keys;
	}

	private static @Nullable NaturalKey naturalKey(UniqueKey key, List<@Nullable Object[]> columns, int index) {
		List<Object> values = new ArrayList<>(columns.size());
		for (@Nullable
		Object[] column : columns) {
			Object value = column[index];
			if (value == null) {
				return null;
			}
			values.add(value);
		}
		return new NaturalKey(key, values);
	}

	private @Nullable Object[] values(KeyPart part, ValueConversion conversion, @Nullable Object[] entities)
			throws SQLException {
		@Nullable Object[] values = new @Nullable Object[entities.length];
		for (int i = 0; i < entities.length; i++) {
			Object entity = entities[i];
			values[i] = (entity != null) ? part.path().get(entity) : null;
		}
		if (part.reference() != null) {
			replaceByIds(part.reference(), values);
		}
		for (int i = 0; i < values.length; i++) {
			values[i] = converted(values[i], conversion);
		}
		return values;
	}

	private void replaceByIds(ReferenceTarget target, @Nullable Object[] references) throws SQLException {
		@Nullable Resolution[] resolutions = resolve(target, references);
		for (int i = 0; i < references.length; i++) {
			Object reference = references[i];
			Resolution resolution = resolutions[i];
			if (resolution != null) {
				references[i] = (resolution.id() != null) ? resolution.id() : NOT_FOUND;
			}
			else if (reference != null) {
				references[i] = target.identifier().getIdentifier(reference);
			}
		}
	}

	private static @Nullable Object converted(@Nullable Object value, ValueConversion conversion) {
		if (value == null || value == NOT_FOUND) {
			return value;
		}
		try {
			return conversion.convert(value);
		}
		catch (RowRefusedException ex) {
			return NOT_FOUND;
		}
	}

	private void lookUp(ReferenceTarget target, UniqueKey key, @Nullable NaturalKey[] keys, @Nullable Object[] entities)
			throws SQLException {
		Map<NaturalKey, Object> sought = new LinkedHashMap<>();
		for (int i = 0; i < keys.length; i++) {
			NaturalKey natural = keys[i];
			Object entity = entities[i];
			if (natural != null && entity != null && !natural.values().contains(NOT_FOUND)
					&& !this.known.containsKey(natural)) {
				sought.putIfAbsent(natural, entity);
			}
		}
		if (!sought.isEmpty()) {
			this.known.putAll(this.lookup.find(target, key, sought));
		}
	}

}
