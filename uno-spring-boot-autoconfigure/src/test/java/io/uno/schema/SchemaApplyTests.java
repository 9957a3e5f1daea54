package io.uno.schema;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests what the server does with the objects that {@link Schema} renders.
 */
@Tag("postgres")
class SchemaApplyTests {

	private static final List<String> ROLES = List.of("visit_reader", "visit_writer");

	private static final Map<String, String> ONE = Map.of("uno.tenant", "1", "uno.user", "ada");

	private static final Map<String, String> TWO = Map.of("uno.tenant", "2");

	private static SchemaPersistence persistence;

	@BeforeAll
	static void start() {
		persistence = SchemaPersistence.onPostgres(Place.class, Visit.class, Reading.class, Stay.class);
		String owner = persistence.jdbc().sql("select current_user").query(String.class).single();
		ROLES.forEach((role) -> {
			persistence.superuser().sql("create role " + role).update();
			persistence.superuser().sql("grant %s to %s with inherit false".formatted(role, owner)).update();
		});
		persistence.schema().apply();
	}

	@AfterAll
	static void stop() {
		ROLES.forEach((role) -> {
			persistence.superuser().sql("drop owned by " + role).update();
			persistence.superuser().sql("drop role " + role).update();
		});
		persistence.close();
	}

	@BeforeEach
	void empty() {
		for (String table : List.of("visit", "visit_history", "\"order\"", "order_history")) {
			persistence.superuser().sql("delete from " + table).update();
		}
	}

	@Test
	void createsAllTables() {
		assertThat(persistence.jdbc()
			.sql("select schemaname || '.' || tablename from pg_tables where tableowner = current_user order by 1")
			.query(String.class)
			.list()).containsExactly("atlas.place", "hotel.stay", "hotel.stay_guests", "public.order",
					"public.order_history", "public.visit", "public.visit_history");
	}

	@Test
	void replacesWhatCanBeReplaced() {
		EntitySchema visit = persistence.schema().of(Visit.class);
		persistence.withSettings(Map.of(),
				(jdbc) -> List.of(ObjectType.FUNCTION, ObjectType.TRIGGER, ObjectType.GRANT, ObjectType.POLICY)
					.forEach((type) -> jdbc.sql(visit.emit(type)).update()));
		assertThat(count("pg_policies where tablename = 'visit'")).isEqualTo(1);
	}

	@Test
	void appliesEverythingOrNothing() {
		persistence.jdbc().sql("drop table hotel.stay_guests, hotel.stay").update();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> persistence.schema().of(Stay.class).apply())
			.withMessageContaining("create type Season");
		assertThat(count("pg_tables where schemaname = 'hotel'")).isZero();
		persistence.jdbc().sql("drop type Season cascade").update();
		persistence.schema().of(Stay.class).apply();
		assertThat(count("pg_tables where schemaname = 'hotel'")).isEqualTo(2);
	}

	@Test
	void functionIsCalledAndTriggerFires() {
		persistence.withSettings(ONE, (jdbc) -> {
			insert(jdbc, 1, 1, "  ada ");
			assertThat(jdbc.sql("select visits_of('ada')").query(Long.class).single()).isEqualTo(1);
		});
	}

	@Test
	void grantLetsARoleDoWhatItSaysAndNothingElse() {
		persistence.withSettings(ONE, (jdbc) -> insert(jdbc, 1, 1, "ada"));
		persistence.withSettings(Map.of("role", "visit_reader", "uno.tenant", "1"), (jdbc) -> {
			assertThat(visitors(jdbc)).containsExactly("ada");
			assertRefused(() -> insert(jdbc, 2, 1, "eve"), "42501", "permission denied for table visit");
		});
	}

	@Test
	void grantToInsertIncludesTheSequenceAndLeavesHistory() {
		persistence.withSettings(Map.of("role", "visit_writer", "uno.tenant", "1"),
				(jdbc) -> jdbc.sql("insert into visit (id, tenant_id, visitor) values (nextval('visit_seq'), 1, 'ada')")
					.update());
		assertThat(operations("visit")).containsExactly("INSERT");
	}

	@Test
	void tenantsSeeTheirOwnRowsOnly() {
		persistence.withSettings(ONE, (jdbc) -> insert(jdbc, 1, 1, "ada"));
		persistence.withSettings(TWO, (jdbc) -> insert(jdbc, 2, 2, "bob"));
		persistence.withSettings(ONE, (jdbc) -> assertThat(visitors(jdbc)).containsExactly("ada"));
		persistence.withSettings(TWO, (jdbc) -> {
			assertThat(visitors(jdbc)).containsExactly("bob");
			assertThat(jdbc.sql("update visit set visitor = 'eve'").update()).isEqualTo(1);
			assertThat(jdbc.sql("delete from visit where id = 1").update()).isZero();
		});
		assertThat(persistence.superuser().sql("select visitor from visit order by id").query(String.class).list())
			.containsExactly("ada", "eve");
	}

	@Test
	void missingAndEmptyTenantSeeNothingAndWriteNothing() {
		persistence.withSettings(ONE, (jdbc) -> insert(jdbc, 1, 1, "ada"));
		assertThat(visitors(persistence.jdbc())).isEmpty();
		persistence.withSettings(Map.of("uno.tenant", ""), (jdbc) -> {
			assertThat(visitors(jdbc)).isEmpty();
			assertThat(jdbc.sql("delete from visit").update()).isZero();
			assertRefused(() -> insert(jdbc, 2, 1, "eve"), "42501",
					"new row violates row-level security policy for table \"visit\"");
		});
	}

	@Test
	void rowOfAnotherTenantIsRefused() {
		persistence.withSettings(ONE, (jdbc) -> assertRefused(() -> insert(jdbc, 1, 2, "eve"), "42501",
				"new row violates row-level security policy for table \"visit\""));
	}

	@Test
	void tenantIsEvaluatedOnceForAStatement() {
		persistence.withSettings(ONE,
				(jdbc) -> assertThat(jdbc.sql("explain (costs off) select * from visit").query(String.class).list())
					.anySatisfy((line) -> assertThat(line).contains("InitPlan"))
					.anySatisfy((line) -> assertThat(line).contains("Filter: (tenant_id = (InitPlan")));
	}

	@Test
	void historyBelongsToTheTenantToo() {
		persistence.withSettings(ONE, (jdbc) -> insert(jdbc, 1, 1, "ada"));
		persistence.withSettings(TWO, (jdbc) -> insert(jdbc, 2, 2, "bob"));
		persistence.withSettings(ONE, (jdbc) -> {
			assertThat(jdbc.sql("select visitor from visit_history").query(String.class).list()).containsExactly("ada");
			assertThat(jdbc.sql("delete from visit_history").update()).isZero();
		});
		assertThat(count("visit_history")).isZero();
	}

	@Test
	void historyIsWrittenByTriggersOnly() {
		String forged = """
				insert into visit_history (history_operation, history_at, id, tenant_id, visitor)
				values ('INSERT', now(), 1, %d, 'eve')""";
		persistence.withSettings(ONE, (jdbc) -> assertRefused(() -> jdbc.sql(forged.formatted(2)).update(), "42501",
				"new row violates row-level security policy for table \"visit_history\""));
		persistence.withSettings(ONE, (jdbc) -> assertRefused(() -> jdbc.sql(forged.formatted(1)).update(), "42501",
				"new row violates row-level security policy for table \"visit_history\""));
		assertThat(operations("visit")).isEmpty();
	}

	@Test
	void policyOfTheApplicationStays() {
		persistence.withSettings(ONE, (jdbc) -> {
			jdbc.sql("create policy tenant on visit as restrictive using (visitor <> 'eve')").update();
			jdbc.sql(persistence.schema().of(Visit.class).emit(ObjectType.POLICY)).update();
			assertThat(jdbc.sql("select policyname from pg_policies where tablename = 'visit' order by 1")
				.query(String.class)
				.list()).containsExactly("tenant", "uno_tenant");
			jdbc.sql("drop policy tenant on visit").update();
		});
	}

	@Test
	void historyIsWrittenForASuperuserWithoutATenant() {
		persistence.superuser().sql("insert into visit values (1, 1, 'ada'), (2, 2, 'bob')").update();
		assertThat(operations("visit")).containsExactly("INSERT", "INSERT");
	}

	@Test
	void historyKeepsChangesOfHibernate() {
		persistence.inTransaction((entityManager) -> {
			entityManager.persist(new Reading(1, "one", 10));
			return true;
		});
		persistence.inTransaction((entityManager) -> {
			entityManager.find(Reading.class, 1L).setWeird("two");
			return true;
		});
		persistence.inTransaction((entityManager) -> {
			entityManager.remove(entityManager.find(Reading.class, 1L));
			return true;
		});
		assertThat(states()).containsExactly("INSERT 1 one 10.00 null", "UPDATE 1 two 10.00 null",
				"DELETE 1 two 10.00 null");
	}

	@Test
	void historyKeepsChangesBySql() {
		persistence.withSettings(ONE, (jdbc) -> {
			jdbc.sql("insert into \"order\" values (1, 10, 'one'), (2, 20, 'two')").update();
			jdbc.sql("update \"order\" set \"mixedCase\" = \"mixedCase\" + 1").update();
			jdbc.sql("insert into \"order\" values (1, 12), (3, 30) on conflict (id) do update set \"mixedCase\" = 12")
				.update();
			jdbc.sql("delete from \"order\" where id > 2").update();
		});
		assertThat(states()).containsExactly("INSERT 1 one 10.00 ada", "INSERT 2 two 20.00 ada",
				"UPDATE 1 one 11.00 ada", "UPDATE 2 two 21.00 ada", "UPDATE 1 one 12.00 ada", "INSERT 3 null 30.00 ada",
				"DELETE 3 null 30.00 ada");
	}

	@Test
	void historyKeepsChangesByCopy() {
		long rows = persistence.inTransaction((entityManager) -> entityManager.unwrap(Session.class)
			.doReturningWork((connection) -> copy(connection, "1\t10\tone\n2\t20\ttwo\n")));
		assertThat(rows).isEqualTo(2);
		assertThat(states()).containsExactly("INSERT 1 one 10.00 null", "INSERT 2 two 20.00 null");
	}

	@Test
	void historyIsNotFooledByTablesOfTheSession() {
		persistence.withSettings(Map.of(), (jdbc) -> {
			jdbc.sql("create temp table order_history (like public.order_history) on commit drop").update();
			jdbc.sql("create temp table changed (id bigint) on commit drop").update();
			jdbc.sql("insert into public.\"order\" values (1, 10, 'one')").update();
		});
		assertThat(states()).containsExactly("INSERT 1 one 10.00 null");
	}

	@Test
	void historyTellsTheTimeOfTheStatement() {
		persistence.withSettings(Map.of(), (jdbc) -> {
			jdbc.sql("insert into \"order\" values (1, 10)").update();
			jdbc.sql("delete from \"order\"").update();
			assertThat(jdbc.sql("select history_at >= now() from order_history").query(Boolean.class).list())
				.containsExactly(true, true);
		});
		assertThat(persistence.jdbc()
			.sql("select count(distinct history_at) from order_history")
			.query(Long.class)
			.single()).isEqualTo(2);
	}

	@Test
	void truncateIsRefusedWhereHistoryIsKept() {
		assertRefused(() -> persistence.jdbc().sql("truncate \"order\"").update(), "P0001",
				"TRUNCATE of public.\"order\" is refused: it would leave no history of the rows");
	}

	@Test
	void historyFunctionIsNotForOthers() {
		persistence.withSettings(Map.of("role", "visit_reader"), (jdbc) -> {
			jdbc.sql("create temp table mine (id bigint) on commit drop").update();
			assertRefused(() -> jdbc.sql("create trigger forge after insert on mine execute function order_history()")
				.update(), "42501", "permission denied for function order_history");
		});
	}

	private static void insert(JdbcClient jdbc, long id, long tenant, String visitor) {
		jdbc.sql("insert into visit (id, tenant_id, visitor) values (?, ?, ?)").params(id, tenant, visitor).update();
	}

	private static List<String> visitors(JdbcClient jdbc) {
		return jdbc.sql("select visitor from visit order by id").query(String.class).list();
	}

	private static List<String> operations(String table) {
		return persistence.superuser()
			.sql("select history_operation from %s_history order by history_id".formatted(table))
			.query(String.class)
			.list();
	}

	private static List<String> states() {
		return persistence.superuser().sql("""
				select concat_ws(' ', history_operation, id, coalesce("we""ird\\ %s", 'null'), "mixedCase",
					coalesce(history_by, 'null'))
				from order_history order by history_id""").query(String.class).list();
	}

	private static long count(String from) {
		return persistence.jdbc().sql("select count(*) from " + from).query(Long.class).single();
	}

	private static long copy(Connection connection, String rows) throws SQLException {
		try {
			return connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("copy \"order\" from stdin", new StringReader(rows));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A refused statement ends the transaction, so that this is the last one in it.
	 */
	private static void assertRefused(Runnable statement, String sqlState, String message) {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(statement::run)
			.havingRootCause()
			.isInstanceOfSatisfying(SQLException.class, (ex) -> {
				assertThat(ex.getSQLState()).isEqualTo(sqlState);
				assertThat(ex.getMessage()).contains(message);
			});
	}

}
