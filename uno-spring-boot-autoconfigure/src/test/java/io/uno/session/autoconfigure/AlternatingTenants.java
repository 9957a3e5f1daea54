package io.uno.session.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.TransactionContext;
import io.uno.session.ConnectionTemplate;
import io.uno.session.SessionTemplate;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Has tenants and roles read their notes in turn, on every path and with failures in
 * between, and makes sure that each finds its own rows, all of them, and no other.
 * <p>
 * Tenant n has 4n notes, of which an auditor sees all and a reader every second one.
 */
final class AlternatingTenants {

	private static final int TENANTS = 5;

	private static final String READ = "select text from note";

	private final Random random = new Random(7);

	private final SessionTemplate sessions;

	private final ConnectionTemplate connections;

	private final RoutingTemplate routing;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final HikariDataSource pool;

	AlternatingTenants(ApplicationContext application) {
		this.sessions = application.getBean(SessionTemplate.class);
		this.connections = application.getBean(ConnectionTemplate.class);
		this.routing = new RoutingTemplate(application.getBean(DatabaseClaims.class));
		this.jdbc = application.getBean(JdbcTemplate.class);
		this.transactions = new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
		this.pool = application.getBean("atlas.main", HikariDataSource.class);
	}

	static void createNotes(JdbcTemplate owner) {
		owner.execute("create table note (id bigint primary key, text text)");
		for (int tenant = 1; tenant <= TENANTS; tenant++) {
			owner.update("insert into note select ? * 100 + n, ?::text from generate_series(1, ?) n", tenant, tenant,
					4 * tenant);
		}
		owner.execute("grant select, insert, delete on note to reader, auditor");
		owner.execute("alter table note enable row level security, force row level security");
		owner.execute("create policy auditor on note to auditor using (text = current_setting('uno.tenant', true))");
		owner.execute(
				"create policy reader on note to reader using (text = current_setting('uno.tenant', true) and id % 2 = 0)");
	}

	void alternate(int times) {
		for (int i = 0; i < times; i++) {
			Turn turn = new Turn((i % 2 == 0) ? "reader" : "auditor", this.random.nextInt(TENANTS + 1));
			read(turn, i);
			if (this.random.nextInt(4) == 0) {
				fail(turn);
			}
			if (this.random.nextInt(4) == 0) {
				assertThat(this.jdbc.queryForList(READ, String.class)).as("nobody's rows").isEmpty();
			}
			assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
	}

	private void read(Turn turn, int number) {
		SessionTemplate own = this.sessions.as(turn.context());
		List<String> rows = switch (this.random.nextInt(9)) {
			case 0 -> own.<List<String>, RuntimeException>read(
					(session) -> session.createQuery("select note.text from Note note", String.class).getResultList());
			case 1 -> own.stateless()
				.<List<String>, RuntimeException>read(
						(session) -> session.createNativeQuery(READ, String.class).getResultList());
			case 2 -> own.jdbc()
				.<List<String>, RuntimeException>read((client) -> client.sql(READ).query(String.class).list());
			case 3 -> own.propagation(Propagation.REQUIRES_NEW)
				.<List<String>, RuntimeException>write((session) -> this.jdbc.queryForList(READ, String.class));
			case 4 -> own.async()
				.<List<String>>read((session) -> session.createNativeQuery(READ, String.class).getResultList())
				.join();
			case 5 -> this.routing.acting(turn.context())
				.<List<String>, RuntimeException>call(() -> this.jdbc.queryForList(READ, String.class));
			case 6 -> this.routing.acting(turn.context())
				.<List<String>, RuntimeException>call(
						() -> this.transactions.execute((status) -> this.jdbc.queryForList(READ, String.class)));
			case 7 -> connection(turn)
				.execute((connection) -> new JdbcTemplate(new SingleConnectionDataSource(connection, true))
					.queryForList(READ, String.class));
			default -> own.<List<String>, RuntimeException>write((session) -> {
				session.createNativeMutationQuery("delete from note").executeUpdate();
				LongStream.rangeClosed(1, turn.rows())
					.forEach((id) -> session.persist(new Note(turn.tenant() * 100L + id * turn.step(), turn.text())));
				session.flush();
				return session.createNativeQuery(READ, String.class).getResultList();
			});
		};
		assertThat(rows).as("rows of %s in turn %d", turn, number).hasSize(turn.rows()).containsOnly(turn.texts());
	}

	private ConnectionTemplate connection(Turn turn) {
		ConnectionTemplate own = this.connections.asRole(turn.role());
		return (turn.tenant() != 0) ? own.asTenant(turn.tenant()) : own;
	}

	private void fail(Turn turn) {
		SessionTemplate own = this.sessions.as(turn.context());
		Throwable failure = catchThrowable(() -> own.timeout(Duration.ofMillis(30)).writeWithoutResult((session) -> {
			session.createNativeMutationQuery("delete from note").executeUpdate();
			switch (this.random.nextInt(20)) {
				case 0 -> session.createNativeQuery("select pg_sleep(10)::text", String.class).getSingleResult();
				case 1, 2, 3 -> session.createNativeQuery("select 1 / 0", Integer.class).getSingleResult();
				case 4, 5, 6 -> session.persist(new Note(7, "of nobody"));
				case 7, 8, 9 -> session.createNativeMutationQuery("drop table note").executeUpdate();
				default -> throw new IllegalStateException("of the caller");
			}
		}));
		assertThat(failure).isNotNull();
	}

	/**
	 * Whose turn it is.
	 *
	 * @param role the role
	 * @param tenant number of the tenant, 0 for none
	 */
	private record Turn(String role, int tenant) {

		TransactionContext context() {
			TransactionContext context = TransactionContext.none().withRole(this.role);
			return (this.tenant != 0) ? context.withTenant(this.tenant) : context;
		}

		String text() {
			return String.valueOf(this.tenant);
		}

		int step() {
			return this.role.equals("reader") ? 2 : 1;
		}

		int rows() {
			return 4 * this.tenant / step();
		}

		String[] texts() {
			return (this.tenant != 0) ? new String[] { text() } : new String[0];
		}

	}

}
