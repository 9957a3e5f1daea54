package io.uno.session.autoconfigure;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.error.TransactionConflictException;
import io.uno.session.SessionAction;
import io.uno.session.SessionTemplate;
import io.uno.session.TransactionAttempts;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests transactions that the server undoes because of others.
 */
@SpringBootTest(classes = SessionApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = { "spring.flyway.enabled=false", "uno.roles=reader" })
@EmbeddedPostgres
class SessionRetryTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final SessionTemplate sessions;

	private final EntityManagerFactory entityManagerFactory;

	private final PlatformTransactionManager transactionManager;

	private final JdbcTemplate others;

	private final TransactionTemplate otherTransaction;

	@Autowired
	SessionRetryTests(SessionTemplate sessions, EntityManagerFactory entityManagerFactory,
			PlatformTransactionManager transactionManager, PostgresCluster cluster) {
		this.sessions = sessions;
		this.entityManagerFactory = entityManagerFactory;
		this.transactionManager = transactionManager;
		this.others = new JdbcTemplate(cluster.primary().dataSource());
		this.otherTransaction = new TransactionTemplate(
				new DataSourceTransactionManager(Objects.requireNonNull(this.others.getDataSource())));
	}

	@BeforeAll
	static void createTable(@Autowired PostgresCluster cluster) {
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table note (id bigint primary key, text text)");
		jdbc.execute("grant select, update on note to reader");
	}

	@BeforeEach
	void createNotes() {
		this.others.update("delete from note");
		this.others.update("insert into note (id, text) values (1, '0'), (2, '0')");
	}

	@Test
	void concurrentUpdateIsTriedAgain() {
		Set<Session> seen = new HashSet<>();
		int changed = this.sessions.retry(3).write((session) -> {
			seen.add(session);
			isolate(session, "repeatable read");
			if (this.attempts.incrementAndGet() == 1) {
				this.others.update("update note set text = 'theirs' where id = 1");
			}
			return increment(session);
		});
		assertThat(changed).isOne();
		assertThat(this.attempts).hasValue(2);
		assertThat(seen).hasSize(2);
		assertThat(text(1)).isEqualTo("theirs+");
	}

	@Test
	void conflictThatComesAtTheCommitIsTriedAgain() {
		this.sessions.retry(3).writeWithoutResult((session) -> {
			isolate(session, "serializable");
			long count = count(session);
			session.persist(new Note(10 + count, "mine"));
			session.flush();
			if (this.attempts.incrementAndGet() == 1) {
				insertSerializably();
			}
		});
		assertThat(this.attempts).hasValue(2);
		assertThat(this.others.queryForList("select id from note order by id", Long.class)).containsExactly(1L, 2L, 13L,
				20L);
	}

	private void insertSerializably() {
		this.otherTransaction.executeWithoutResult((status) -> {
			this.others.execute("set transaction isolation level serializable");
			this.others.queryForObject("select count(*) from note", Long.class);
			this.others.update("insert into note (id, text) values (20, 'theirs')");
		});
	}

	@Test
	void transactionsInADeadlockBothEnd() {
		CyclicBarrier bothHaveOne = new CyclicBarrier(2);
		CompletableFuture<?> first = this.sessions.retry(5).async().writeWithoutResult(lock(bothHaveOne, 1, 2));
		CompletableFuture<?> second = this.sessions.retry(5).async().writeWithoutResult(lock(bothHaveOne, 2, 1));
		CompletableFuture.allOf(first, second).join();
		assertThat(this.attempts).hasValue(3);
		assertThat(text(1)).isEqualTo("0++");
		assertThat(text(2)).isEqualTo("0++");
	}

	private SessionAction<Exception> lock(CyclicBarrier bothHaveOne, long one, long other) {
		return (session) -> {
			boolean meets = this.attempts.incrementAndGet() <= 2;
			append(session, one);
			if (meets) {
				bothHaveOne.await();
			}
			append(session, other);
		};
	}

	@Test
	void serializableTransactionsInConflictBothEnd() {
		CyclicBarrier bothHaveRead = new CyclicBarrier(2);
		SessionTemplate serializable = this.sessions.isolation(Isolation.SERIALIZABLE).retry(5);
		CompletableFuture<?> first = serializable.async().writeWithoutResult(insertCounted(bothHaveRead, 10));
		CompletableFuture<?> second = serializable.async().writeWithoutResult(insertCounted(bothHaveRead, 20));
		CompletableFuture.allOf(first, second).join();
		assertThat(this.attempts).hasValue(3);
		assertThat(this.others.queryForList("select text from note where id >= 10 order by text", String.class))
			.containsExactly("after 2", "after 3");
	}

	private SessionAction<Exception> insertCounted(CyclicBarrier bothHaveRead, long id) {
		return (session) -> {
			boolean meets = this.attempts.incrementAndGet() <= 2;
			long before = count(session);
			if (meets) {
				bothHaveRead.await();
			}
			session.persist(new Note(id, "after " + before));
		};
	}

	@Test
	void roleIsTakenInEachAttempt() {
		String role = this.sessions.asRole("reader").retry(3).write((session) -> {
			if (this.attempts.incrementAndGet() == 1) {
				session.createNativeMutationQuery("do $$ begin raise exception using errcode = '40001'; end $$")
					.executeUpdate();
			}
			return session.createNativeQuery("select current_user", String.class).getSingleResult();
		});
		assertThat(role).isEqualTo("reader");
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void ownConstraintViolationIsTriedOnce() {
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> this.sessions.retry(5).writeWithoutResult((session) -> {
				this.attempts.incrementAndGet();
				session.persist(new Note(1, "twice"));
			}));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void withoutRetryAConflictIsThrown() {
		assertThatExceptionOfType(TransactionConflictException.class)
			.isThrownBy(() -> this.sessions.write(this::alwaysInConflict))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty());
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void lastConflictIsThrownAndTellsOfTheEarlierOnes() {
		assertThatExceptionOfType(TransactionConflictException.class)
			.isThrownBy(() -> this.sessions.retry(3).write(this::alwaysInConflict))
			.satisfies((ex) -> assertThat(TransactionAttempts.of(ex).orElseThrow().getSuppressed()).hasSize(2)
				.allSatisfy((earlier) -> assertThat(earlier).isInstanceOf(TransactionConflictException.class)));
		assertThat(this.attempts).hasValue(3);
	}

	@Test
	void workThatJoinsATransactionIsTriedOnce() {
		TransactionTemplate surrounding = new TransactionTemplate(this.transactionManager);
		assertThatExceptionOfType(TransactionConflictException.class)
			.isThrownBy(() -> surrounding.execute((status) -> this.sessions.retry(3).write(this::alwaysInConflict)));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void sessionThatIsHeldOpenIsLeftAloneByAttempts() {
		try (EntityManager open = this.entityManagerFactory.createEntityManager()) {
			EntityManagerHolder holder = new EntityManagerHolder(open);
			TransactionSynchronizationManager.bindResource(this.entityManagerFactory, holder);
			Set<Session> seen = new HashSet<>();
			this.sessions.retry(2).readWithoutResult(seen::add);
			this.sessions.readWithoutResult((session) -> assertThat(session).isSameAs(open));
			assertThat(seen).hasSize(1).doesNotContain(open.unwrap(Session.class));
			assertThat(TransactionSynchronizationManager.getResource(this.entityManagerFactory)).isSameAs(holder);
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.entityManagerFactory);
		}
	}

	private int alwaysInConflict(Session session) {
		isolate(session, "repeatable read");
		this.others.update("update note set text = ? where id = 1", "theirs " + this.attempts.incrementAndGet());
		return increment(session);
	}

	/**
	 * Takes its snapshot too.
	 */
	private static void isolate(Session session, String level) {
		session.createNativeMutationQuery("set transaction isolation level " + level).executeUpdate();
		count(session);
	}

	private static long count(Session session) {
		return session.createSelectionQuery("select count(*) from Note", Long.class).getSingleResult();
	}

	private static int increment(Session session) {
		return append(session, 1);
	}

	private static int append(Session session, long id) {
		return session.createMutationQuery("update Note set text = text || '+' where id = :id")
			.setParameter("id", id)
			.executeUpdate();
	}

	private String text(long id) {
		return Objects
			.requireNonNull(this.others.queryForObject("select text from note where id = ?", String.class, id));
	}

}
