package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.uno.bulk.BulkRequest.Key;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The statements for each version of the server, all of which the newest understands.
 */
@Tag("postgres")
class StagingStatementsTests {

	private static final TestPersistence persistence = TestPersistence.onPostgres(City.class, Region.class,
			Country.class);

	@AfterAll
	static void close() {
		persistence.close();
	}

	static Stream<Arguments> versions() {
		return Stream.of(Arguments.of(true, true), Arguments.of(true, false), Arguments.of(false, false));
	}

	@ParameterizedTest(name = "merge {0}, returning {1}")
	@MethodSource("versions")
	void bringRowsInAndCountThem(boolean merge, boolean returning) {
		assertBringsRowsIn(persistence, merge, returning);
	}

	static void assertBringsRowsIn(TestPersistence persistence, boolean merge, boolean returning) {
		persistence.jdbc().sql("truncate city cascade").update();
		persistence.bulk().insert(City.class).from(List.of(new City(1, "Bern"), new City(2, "Basle")));
		Counts counts = persistence.inTransaction((entityManager) -> new JdbcTemplate(persistence.dataSource())
			.execute((ConnectionCallback<Counts>) (connection) -> upsert(connection,
					entityManager.unwrap(SharedSessionContractImplementor.class), merge, returning)));
		assertThat(counts).isEqualTo(new Counts(2, 1, 1));
		assertThat(persistence.all(City.class)).extracting((city) -> city.name)
			.containsExactly("Bern", "Basel", "Chur", "Zug");
		assertThat(persistence.all(City.class)).extracting((city) -> city.version).containsExactly(0, 1, 0, 0);
	}

	private static Counts upsert(Connection connection, SharedSessionContractImplementor session, boolean merge,
			boolean returning) throws SQLException {
		SessionFactoryImplementor sessionFactory = session.getFactory();
		EntityMapping mapping = EntityMappingReader.read(sessionFactory, City.class);
		UpsertMapping upsert = UpsertMapping.of(mapping, new Key(List.of()), new UniqueIndexes(connection, true));
		Table table = Table.ofPostgres(connection, mapping.table(), mapping.entityName());
		List<CopyColumn> columns = upsert.mapping()
			.columns()
			.stream()
			.map((column) -> CopyColumn.of(mapping, column, mapping.column(table, column), sessionFactory))
			.toList();
		StagingStatements statements = new StagingStatements(upsert, merge, returning);
		StagingSink sink = new StagingSink(connection, statements.staging(), columns, statements::bringIn);
		Row row = new Row(mapping.references().size(), session, false);
		long number = 0;
		for (City city : List.of(new City(1, "Bern"), new City(2, "Basel"), new City(3, "Chur"), new City(4, "Zug"))) {
			row.reset(++number, city);
			write(sink, row);
		}
		return sink.finish();
	}

	private static void write(RowSink sink, Row row) throws SQLException {
		try {
			sink.write(row);
		}
		catch (RowRefusedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
