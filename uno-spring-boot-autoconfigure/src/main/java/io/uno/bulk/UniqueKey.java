package io.uno.bulk;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.hibernate.persister.entity.EntityPersister;

/**
 * A key by which one entity at most can be found.
 *
 * @param parts its columns, in order
 * @param conversions how the values of its columns are compared
 * @param statement the query that finds ids by keys
 */
record UniqueKey(List<KeyPart> parts, List<ValueConversion> conversions, String statement) {

	/**
	 * Find many keys at once: they travel as one array for each column, and come back as
	 * their position in these arrays with the id.
	 */
	static String arrayQuery(EntityPersister target, String id, List<KeyPart> parts, List<String> types) {
		String arrays = types.stream()
			.map((type) -> "cast(cast(? as text[]) as " + type + "[])")
			.collect(Collectors.joining(", "));
		return "select sought.position, found.%s from unnest(%s) with ordinality as sought(%s, position) join %s found on %s"
			.formatted(id, arrays, numbered(parts.size(), "k%d", ", "), target.getTableName(),
					IntStream.range(0, parts.size())
						.mapToObj((i) -> "found.%s = sought.k%d".formatted(parts.get(i).column(), i + 1))
						.collect(Collectors.joining(" and ")));
	}

	static String singleQuery(EntityPersister target, String id, List<KeyPart> parts) {
		return "select %s from %s where %s".formatted(id, target.getTableName(),
				parts.stream().map((part) -> part.column() + " = ?").collect(Collectors.joining(" and ")));
	}

	private static String numbered(int count, String pattern, String separator) {
		return IntStream.rangeClosed(1, count).mapToObj(pattern::formatted).collect(Collectors.joining(separator));
	}

	@Override
	public String toString() {
		return this.parts.stream().map(KeyPart::attribute).toList().toString();
	}

}
