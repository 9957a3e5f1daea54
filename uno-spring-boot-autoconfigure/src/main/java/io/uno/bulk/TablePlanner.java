package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.uno.bulk.BulkRequest.Key;
import io.uno.error.BulkMappingException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.jpa.event.spi.CallbackRegistry;
import org.hibernate.jpa.event.spi.CallbackType;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the rows of an entity get into its table.
 */
final class TablePlanner {

	private static final String COPY_REASON = "the connection is PostgreSQL's and every column has a binary form";

	private static final String SECURED_REASON = COPY_REASON
			+ ", but the table's row security applies, where PostgreSQL refuses COPY";

	private static final int VERSION_WITH_MERGE = 15;

	private static final int VERSION_WITH_MERGE_RETURNING = 17;

	private static final List<CallbackType> CALLBACKS = List.of(CallbackType.PRE_PERSIST, CallbackType.POST_PERSIST,
			CallbackType.PRE_UPDATE, CallbackType.POST_UPDATE);

	private final SessionFactoryImplementor sessionFactory;

	private final Connection connection;

	private final boolean postgres;

	TablePlanner(SessionFactoryImplementor sessionFactory, Connection connection) throws SQLException {
		this.sessionFactory = sessionFactory;
		this.connection = connection;
		this.postgres = PostgresConnection.isPostgres(connection);
	}

	/**
	 * Make a plan.
	 * @param type the class of the entity
	 * @param key the key of an upsert, or {@code null} for an insert
	 * @return the plan
	 * @throws SQLException if the database fails
	 */
	TablePlan plan(Class<?> type, @Nullable Key key) throws SQLException {
		EntityMapping mapping = EntityMappingReader.read(this.sessionFactory, type);
		IdentifierPlan identifiers = IdentifierPlan.of(mapping.persister(), this.postgres, this.sessionFactory);
		if (key == null) {
			return this.postgres ? copy(mapping, identifiers) : insertBatches(mapping, identifiers);
		}
		requireUpsertable(mapping);
		UpsertMapping upsert = UpsertMapping.of(mapping, key, new UniqueIndexes(this.connection, this.postgres));
		return this.postgres ? copyAndMerge(upsert, identifiers) : updateBatches(upsert, identifiers);
	}

	private void requireUpsertable(EntityMapping mapping) {
		if (!mapping.persister().isMutable()) {
			throw new BulkMappingException(mapping.entityName(),
					"%s cannot be upserted: it is immutable; insert it".formatted(mapping.entityName()));
		}
		CallbackRegistry callbacks = this.sessionFactory.getEventEngine().getCallbackRegistry();
		for (CallbackType callback : CALLBACKS) {
			if (callbacks.hasRegisteredCallbacks(mapping.persister().getMappedClass(), callback)) {
				throw new BulkMappingException(mapping.entityName(),
						"%s cannot be upserted: it has callbacks of kind %s, and only the server knows which rows are new"
							.formatted(mapping.entityName(), callback));
			}
		}
	}

	private TablePlan copy(EntityMapping mapping, IdentifierPlan identifiers) throws SQLException {
		List<CopyColumn> columns = copyColumns(mapping);
		String statement = copyStatement(mapping.table(), mapping);
		TablePlan plan = TablePlan.of(mapping, true, identifiers, BulkStrategy.COPY, COPY_REASON, List.of(statement),
				(connection) -> new CopySink(connection, statement, columns));
		if (!RowSecurity.isEnabled(this.connection, mapping.table())) {
			return plan;
		}
		StagingTable staging = StagingTable.of(mapping);
		return plan.orSecured(TablePlan.of(mapping, true, identifiers, BulkStrategy.COPY_INSERT, SECURED_REASON,
				staging.insertion(), (connection) -> new StagingSink(connection, staging, columns, staging::insert)));
	}

	private List<CopyColumn> copyColumns(EntityMapping mapping) throws SQLException {
		Table table = Table.ofPostgres(this.connection, mapping.table(), mapping.entityName());
		List<CopyColumn> columns = new ArrayList<>();
		for (MappedColumn mapped : mapping.columns()) {
			columns.add(CopyColumn.of(mapping, mapped, mapping.column(table, mapped), this.sessionFactory));
		}
		return List.copyOf(columns);
	}

	private static String copyStatement(String table, EntityMapping mapping) {
		return "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table,
				String.join(", ", mapping.columnExpressions()));
	}

	private TablePlan copyAndMerge(UpsertMapping upsert, IdentifierPlan identifiers) throws SQLException {
		int version = this.connection.getMetaData().getDatabaseMajorVersion();
		BulkStrategy strategy = (version >= VERSION_WITH_MERGE) ? BulkStrategy.COPY_MERGE
				: BulkStrategy.COPY_UPDATE_INSERT;
		StagingStatements statements = new StagingStatements(upsert, version >= VERSION_WITH_MERGE,
				version >= VERSION_WITH_MERGE_RETURNING);
		List<CopyColumn> columns = copyColumns(upsert.mapping());
		String reason = "%s, and PostgreSQL %d %s MERGE".formatted(COPY_REASON, version,
				(version >= VERSION_WITH_MERGE) ? "has" : "does not have");
		return TablePlan.of(upsert.mapping(), true, identifiers, strategy, reason, statements.all(),
				(connection) -> new StagingSink(connection, statements.staging(), columns, statements::bringIn));
	}

	private TablePlan insertBatches(EntityMapping mapping, IdentifierPlan identifiers) throws SQLException {
		List<BatchColumn> columns = batchColumns(mapping);
		String statement = BatchStatements.insert(mapping);
		return TablePlan.of(mapping, false, identifiers, BulkStrategy.JDBC_BATCH, batchReason(), List.of(statement),
				(connection) -> new InsertBatchSink(connection, statement, columns));
	}

	private TablePlan updateBatches(UpsertMapping upsert, IdentifierPlan identifiers) throws SQLException {
		List<BatchColumn> columns = batchColumns(upsert.mapping());
		BatchStatements statements = BatchStatements.of(upsert);
		return TablePlan.of(upsert.mapping(), false, identifiers, BulkStrategy.JDBC_BATCH, batchReason(),
				List.of(statements.update(), statements.insert()),
				(connection) -> new UpsertBatchSink(connection, statements, columns));
	}

	private String batchReason() throws SQLException {
		return "COPY needs a connection of PostgreSQL's driver, and this one is of "
				+ this.connection.getMetaData().getDriverName();
	}

	private List<BatchColumn> batchColumns(EntityMapping mapping) throws SQLException {
		Table table = Table.of(this.connection, mapping.table());
		return mapping.columns()
			.stream()
			.map((mapped) -> new BatchColumn(mapped, mapping.column(table, mapped)))
			.toList();
	}

}
