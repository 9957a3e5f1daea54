package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.hibernate.engine.spi.SessionFactoryImplementor;

/**
 * How rows of one entity get into its table: made once, after the mapping was compared
 * with the table.
 *
 * @param mapping the entity's mapping
 * @param table the table as the server has it
 * @param postgres whether the server is PostgreSQL
 * @param identifiers how rows without an id get one
 * @param copyColumns the columns of COPY; empty when the server is another one
 * @param plan what is told about it
 */
record TablePlan(EntityMapping mapping, Table table, boolean postgres, IdentifierPlan identifiers,
		List<CopyColumn> copyColumns, BulkPlan plan) {

	static TablePlan of(EntityMapping mapping, Connection connection, SessionFactoryImplementor sessionFactory)
			throws SQLException {
		boolean postgres = PostgresConnection.isPostgres(connection);
		IdentifierPlan identifiers = IdentifierPlan.of(mapping.persister(), postgres, sessionFactory);
		return postgres ? copy(mapping, identifiers, connection, sessionFactory)
				: batch(mapping, identifiers, connection);
	}

	private static TablePlan copy(EntityMapping mapping, IdentifierPlan identifiers, Connection connection,
			SessionFactoryImplementor sessionFactory) throws SQLException {
		Table table = Table.ofPostgres(connection, mapping.table(), mapping.entityName());
		List<CopyColumn> columns = new ArrayList<>();
		for (MappedColumn mapped : mapping.columns()) {
			columns.add(CopyColumn.of(mapping, mapped, mapping.column(table, mapped), sessionFactory));
		}
		String statement = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(mapping.table(),
				String.join(", ", mapping.columnExpressions()));
		return new TablePlan(mapping, table, true, identifiers, List.copyOf(columns), plan(mapping, BulkStrategy.COPY,
				"the connection is PostgreSQL's and every column has a binary form", statement));
	}

	private static TablePlan batch(EntityMapping mapping, IdentifierPlan identifiers, Connection connection)
			throws SQLException {
		Table table = Table.of(connection, mapping.table());
		List<String> columns = mapping.columnExpressions();
		String statement = "INSERT INTO %s (%s) VALUES (%s)".formatted(mapping.table(), String.join(", ", columns),
				String.join(", ", columns.stream().map((column) -> "?").toList()));
		return new TablePlan(mapping, table, false, identifiers, List.of(),
				plan(mapping, BulkStrategy.JDBC_BATCH,
						"COPY needs a connection of PostgreSQL's driver, and this one is of "
								+ connection.getMetaData().getDriverName(),
						statement));
	}

	private static BulkPlan plan(EntityMapping mapping, BulkStrategy strategy, String reason, String statement) {
		return new BulkPlan(strategy, reason, mapping.table(),
				mapping.columns().stream().map(MappedColumn::name).toList(), List.of(statement));
	}

	RowSink sink(Connection connection) {
		String statement = this.plan.statements().get(0);
		if (this.postgres) {
			return new CopySink(connection, statement, this.copyColumns);
		}
		return new BatchSink(connection, statement,
				this.mapping.columns()
					.stream()
					.map((mapped) -> new BatchColumn(mapped, this.mapping.column(this.table, mapped)))
					.toList());
	}

}
