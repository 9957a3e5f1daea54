package io.uno.schema;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.uno.dialect.ContextSetting;
import io.uno.dialect.Identifiers;
import io.uno.dialect.Literals;
import io.uno.error.SchemaMappingException;
import io.uno.model.History;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.Table;

/**
 * Renders the table that keeps the history of another one and the triggers that fill it.
 * These run once for each statement, over all rows that it changed.
 */
record HistoryEmitter() implements Emitter {

	static final String SUFFIX = "history";

	static final Set<String> TRIGGERS = Set.of("history_insert", "history_update", "history_delete",
			"history_truncate");

	private static final List<String> OWN_COLUMNS = List.of("history_id", "history_operation", "history_at",
			"history_by");

	@Override
	public ObjectType type() {
		return ObjectType.HISTORY;
	}

	@Override
	public List<String> statements(EntityObjects entity) {
		if (entity.annotations(History.class).isEmpty()) {
			return List.of();
		}
		refuseOwnColumns(entity);
		TableName table = entity.table();
		TableName history = table.derive(SUFFIX);
		String columns = columns(entity.ownTable());
		return List.of(createTable(table, history, columns), completeTable(history), createFunction(history, columns),
				"revoke all on function %s() from public".formatted(history.quoted()),
				trigger("insert", "referencing new table as changed", table, history),
				trigger("update", "referencing new table as changed", table, history),
				trigger("delete", "referencing old table as changed", table, history),
				"create or replace trigger %s before truncate on %s for each statement execute function %s()"
					.formatted(Identifiers.quote("history_truncate"), table.quoted(), history.quoted()));
	}

	private static void refuseOwnColumns(EntityObjects entity) {
		for (Column column : entity.ownTable().getColumns()) {
			if (OWN_COLUMNS.contains(column.getName().toLowerCase(Locale.ROOT))) {
				throw new SchemaMappingException(entity.name(),
						"Column '%s' of entity '%s' has a name that its history needs for itself; give the column another name than %s"
							.formatted(column.getName(), entity.name(), OWN_COLUMNS));
			}
		}
	}

	private static String columns(Table table) {
		return table.getColumns().stream().map(TableName::quote).collect(Collectors.joining(", "));
	}

	/**
	 * Takes over the types from the table and nothing else, since neither a default nor a
	 * constraint of today holds for what was.
	 */
	private static String createTable(TableName table, TableName history, String columns) {
		return """
				create table %s as
				select cast(null as bigint) as "history_id", cast(null as text) as "history_operation", \
				cast(null as timestamptz) as "history_at", cast(null as text) as "history_by", %s
				from %s
				with no data""".formatted(history.quoted(), columns, table.quoted());
	}

	private static String completeTable(TableName history) {
		return """
				alter table %s
				add primary key ("history_id"),
				alter column "history_id" add generated always as identity,
				alter column "history_operation" set not null,
				alter column "history_at" set not null""".formatted(history.quoted());
	}

	/**
	 * The function writes with the rights of the table's owner, and finds the history
	 * beside the table that fires whatever the search path of the caller is.
	 */
	private static String createFunction(TableName history, String columns) {
		String insert = """
				.%s ("history_operation", "history_at", "history_by", %s) \
				select $1, $2, $3, %s from changed""".formatted(Identifiers.quote(history.name()), columns, columns);
		String body = """

				begin
					if tg_op = 'TRUNCATE' then
						raise exception 'TRUNCATE of % is refused: it would leave no history of the rows', tg_relid::regclass
							using hint = 'Use DELETE.';
					end if;
					execute 'insert into ' || quote_ident(tg_table_schema) || INSERT
						using tg_op, clock_timestamp(), nullif(current_setting('USER', true), '');
					return null;
				end
				"""
			.replace("USER", ContextSetting.USER.parameter())
			.replace("INSERT", Literals.quote(insert));
		return """
				create or replace function %s() returns trigger language plpgsql
				security definer set search_path = pg_catalog, pg_temp as %s""".formatted(history.quoted(),
				Literals.dollarQuote(body));
	}

	private static String trigger(String event, String rows, TableName table, TableName history) {
		return "create or replace trigger %s after %s on %s %s for each statement execute function %s()"
			.formatted(Identifiers.quote("history_" + event), event, table.quoted(), rows, history.quoted());
	}

}
