package io.uno.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.uno.dialect.Identifiers;
import io.uno.schema.Plan.Difference;
import io.uno.schema.Plan.Lock;
import io.uno.schema.Plan.Reason;
import io.uno.schema.Plan.Risk;
import io.uno.schema.Plan.Statement;
import io.uno.schema.SchemaModel.Column;
import io.uno.schema.SchemaModel.SchemaObject;
import io.uno.schema.SchemaModel.Table;
import org.jspecify.annotations.Nullable;

/**
 * Finds what differs between two schemas, and what can be done about it. Used once.
 */
final class SchemaComparison {

	private final SchemaModel actual;

	private final SchemaModel wanted;

	private final List<Statement> statements = new ArrayList<>();

	private final List<Difference> unresolved = new ArrayList<>();

	SchemaComparison(SchemaModel actual, SchemaModel wanted) {
		this.actual = actual;
		this.wanted = wanted;
	}

	Plan plan() {
		match(this.actual.tables(), this.wanted.tables(), (table) -> List.of(table.schema(), table.name()),
				this::compareTables);
		match(this.actual.objects(), this.wanted.objects(), this::subject,
				(actual, wanted) -> compare(subject(present(actual, wanted)), text(actual, SchemaObject::definition),
						text(wanted, SchemaObject::definition)));
		return new Plan(this.statements, this.unresolved);
	}

	private void compareTables(@Nullable Table actual, @Nullable Table wanted) {
		String name = displayName(present(actual, wanted));
		compare("table " + name, text(actual, Table::kind), text(wanted, Table::kind));
		if (actual != null && wanted != null) {
			match(actual.columns(), wanted.columns(), Column::name,
					(before, after) -> compareColumns(wanted, before, after));
			matchDefinitions(actual, wanted, "constraint", name,
					(table) -> definitions(table.constraints(), SchemaModel.Constraint::definition));
			matchDefinitions(actual, wanted, "index", name,
					(table) -> definitions(table.indexes(), SchemaModel.Index::definition));
		}
	}

	private void compareColumns(Table table, @Nullable Column actual, @Nullable Column wanted) {
		String name = displayName(table) + "." + present(actual, wanted).name();
		if (actual == null) {
			add(table, name, Objects.requireNonNull(wanted));
		}
		else if (wanted == null) {
			compare("column " + name, ColumnDefinition.of(actual), null);
		}
		else {
			compare("type of column " + name, actual.type(), wanted.type());
			compare("nullability of column " + name, nullability(actual), nullability(wanted));
			compare("default of column " + name, actual.defaultExpression(), wanted.defaultExpression());
			compare("generation of column " + name, actual.generation(), wanted.generation());
			compare("collation of column " + name, actual.collation(), wanted.collation());
		}
	}

	private void add(Table table, String displayName, Column column) {
		String definition = ColumnDefinition.of(column);
		if (column.generation() != null) {
			unresolved("column " + displayName, null, definition, Reason.NOT_SUPPORTED);
		}
		else if (column.notNull() && column.defaultExpression() == null) {
			unresolved("column " + displayName, null, definition, Reason.DEFAULT_NEEDED);
		}
		else {
			String alter = "alter table " + qualifiedName(table);
			String name = Identifiers.quote(column.name());
			this.statements.add(new Statement(table.schema(), table.name(),
					"%s add column %s %s".formatted(alter, name, definition),
					"%s drop column %s".formatted(alter, name), Lock.ACCESS_EXCLUSIVE,
					column.volatileDefault() ? Risk.TABLE_REWRITE : Risk.NONE));
		}
	}

	private void compare(String subject, @Nullable String actual, @Nullable String wanted) {
		if (!Objects.equals(actual, wanted)) {
			unresolved(subject, actual, wanted, Reason.NOT_SUPPORTED);
		}
	}

	private void unresolved(String subject, @Nullable String actual, @Nullable String wanted, Reason reason) {
		this.unresolved.add(new Difference(subject, actual, wanted, reason));
	}

	/**
	 * Each as often as it is there: two indexes may say the same.
	 */
	private void matchDefinitions(Table actual, Table wanted, String kind, String table,
			Function<Table, List<String>> definitions) {
		List<String> missing = new ArrayList<>(definitions.apply(wanted));
		for (String definition : definitions.apply(actual)) {
			if (!missing.remove(definition)) {
				compare("%s of table %s".formatted(kind, table), definition, null);
			}
		}
		missing.forEach((definition) -> compare("%s of table %s".formatted(kind, table), null, definition));
	}

	private String subject(SchemaObject object) {
		String owner = (object.relation() != null) ? displayName(object.schema(), object.relation()) : null;
		return (owner != null) ? "%s %s on %s".formatted(object.kind(), object.name(), owner)
				: "%s %s".formatted(object.kind(), displayName(object.schema(), object.name()));
	}

	private String displayName(Table table) {
		return displayName(table.schema(), table.name());
	}

	private String displayName(String schema, String name) {
		return isDefault(schema) ? name : schema + "." + name;
	}

	private String qualifiedName(Table table) {
		return isDefault(table.schema()) ? Identifiers.quote(table.name())
				: Identifiers.qualify(table.schema(), table.name());
	}

	private boolean isDefault(String schema) {
		return schema.equals(this.wanted.defaultSchema());
	}

	private static String nullability(Column column) {
		return column.notNull() ? "not null" : "null";
	}

	private static <T> List<String> definitions(List<T> items, Function<T, String> definition) {
		return items.stream().map(definition).toList();
	}

	private static <T> @Nullable String text(@Nullable T item, Function<T, String> text) {
		return (item != null) ? text.apply(item) : null;
	}

	private static <T> T present(@Nullable T actual, @Nullable T wanted) {
		return (actual != null) ? actual : Objects.requireNonNull(wanted);
	}

	/**
	 * Brings together what has the same key on both sides, in the order of the actual
	 * side, and then what only the wanted side has.
	 */
	private static <T, K> void match(List<T> actual, List<T> wanted, Function<T, K> key,
			BiConsumer<@Nullable T, @Nullable T> action) {
		Map<K, T> remaining = new LinkedHashMap<>();
		wanted.forEach((item) -> remaining.put(key.apply(item), item));
		actual.forEach((item) -> action.accept(item, remaining.remove(key.apply(item))));
		remaining.values().forEach((item) -> action.accept(null, item));
	}

}
