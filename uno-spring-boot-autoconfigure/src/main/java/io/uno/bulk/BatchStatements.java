package io.uno.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of an upsert in batches, and which columns their parameters are.
 *
 * @param update updates the row that has the key
 * @param updateParameters the positions of its parameters among the columns
 * @param insert inserts a row, with all columns as parameters
 */
record BatchStatements(String update, List<Integer> updateParameters, String insert) {

	static String insert(EntityMapping mapping) {
		List<String> columns = mapping.columnExpressions();
		return "INSERT INTO %s (%s) VALUES (%s)".formatted(mapping.table(), String.join(", ", columns),
				String.join(", ", columns.stream().map((column) -> "?").toList()));
	}

	static BatchStatements of(UpsertMapping upsert) {
		List<MappedColumn> all = upsert.mapping().columns();
		List<Integer> parameters = new ArrayList<>();
		String assignments = upsert.updated().isEmpty() ? touch(upsert.key().get(0))
				: assignments(upsert.updated(), all, parameters);
		upsert.key().forEach((column) -> parameters.add(all.indexOf(column)));
		String update = "UPDATE %s SET %s WHERE %s".formatted(upsert.mapping().table(), assignments,
				upsert.key()
					.stream()
					.map((column) -> column.expression() + " = ?")
					.collect(Collectors.joining(" AND ")));
		return new BatchStatements(update, List.copyOf(parameters), insert(upsert.mapping()));
	}

	/**
	 * With nothing to update, the statement still tells whether the row is there.
	 */
	private static String touch(MappedColumn key) {
		return key.expression() + " = " + key.expression();
	}

	private static String assignments(List<MappedColumn> updated, List<MappedColumn> all, List<Integer> parameters) {
		return updated.stream().map((column) -> {
			if (column.onUpdate() == OnUpdate.INCREMENT) {
				return column.expression() + " = " + column.expression() + " + 1";
			}
			parameters.add(all.indexOf(column));
			return column.expression() + " = ?";
		}).collect(Collectors.joining(", "));
	}

}
