package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.ReadOnlyRouteException;
import io.uno.routing.Route;
import io.uno.routing.RouteConflictException;
import io.uno.routing.autoconfigure.Touch.Kind;
import io.uno.routing.autoconfigure.Touch.On;
import io.uno.routing.autoconfigure.TwinsApplication.Sent;
import io.uno.routing.twins.Item;
import io.uno.routing.twins.atlas.AtlasItem;
import io.uno.routing.twins.atlas.NamedItem;
import io.uno.routing.twins.journal.JournalItem;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.ParameterMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * Tests that what goes through Hibernate runs on the database of the entity. Both
 * databases have the same tables, and so the same SQL.
 */
@Tag("postgres")
class EntityClaimsTests {

	private static TwinsApplication application;

	private final DatabaseClaims claims = application.bean(DatabaseClaims.class);

	private final EntityManagerFactory factory = application.bean(EntityManagerFactory.class);

	private List<String> atlasRows;

	private List<String> journalRows;

	@BeforeAll
	static void start() {
		application = new TwinsApplication();
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void restore() {
		application.restore();
		this.atlasRows = application.rows("atlas");
		this.journalRows = application.rows("journal");
	}

	static Stream<Arguments> touchesOfBoth() {
		return Touch.all()
			.flatMap(
					(touch) -> Stream.of(Arguments.of(touch, AtlasItem.class), Arguments.of(touch, JournalItem.class)));
	}

	static Stream<Touch> refusedInReadOnlyTransactions() {
		return Touch.all().filter((touch) -> Kind.REFUSED.contains(touch.kind()));
	}

	static Stream<Touch> readings() {
		return Touch.all().filter((touch) -> touch.kind() == Kind.READING);
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("touchesOfBoth")
	void runsOnTheDatabaseOfTheEntity(Touch touch, Class<? extends Item> type) {
		withLoaded(type, (on) -> transaction(false).executeWithoutResult((status) -> {
			touch.way().accept(on);
			on.session().flush();
			assertThat(this.claims.currentRoute().map(Route::database)).contains(databaseOf(type));
		}));
		assertThat(application.rows(other(type))).isEqualTo(rowsBefore(other(type)));
		assertThat(application.rows(databaseOf(type)).equals(rowsBefore(databaseOf(type))))
			.as("the entity's own database is as it was")
			.isEqualTo(touch.kind() == Kind.READING || touch.name().equals("find and lock")
					|| (touch.kind() == Kind.LOCKING && !touch.name().equals("lock and increment")));
	}

	@ParameterizedTest(name = "{0} on {1}")
	@MethodSource("touchesOfBoth")
	void isRefusedInATransactionOnTheOtherDatabase(Touch touch, Class<? extends Item> type) {
		withLoaded(type, (on) -> transaction(false).executeWithoutResult((status) -> {
			on.session().find(otherType(type), 1L);
			Sent.STATEMENTS.clear();
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> {
				touch.way().accept(on);
				on.session().flush();
			}).satisfies((ex) -> {
				assertThat(ex.getCurrent()).isEqualTo(other(type));
				assertThat(ex.getRequested()).isEqualTo(databaseOf(type));
				assertThat(ex.getEntity()).contains(".twins.%s.".formatted(databaseOf(type)));
				assertThat(ex.getRoute().database()).isEqualTo(other(type));
			});
			assertThat(Sent.STATEMENTS).isEmpty();
			on.session().clear();
			status.setRollbackOnly();
		}));
		assertThat(application.rows("atlas")).isEqualTo(this.atlasRows);
		assertThat(application.rows("journal")).isEqualTo(this.journalRows);
	}

	@ParameterizedTest
	@MethodSource("refusedInReadOnlyTransactions")
	void isRefusedInAReadOnlyTransaction(Touch touch) {
		withLoaded(JournalItem.class, (on) -> transaction(true).executeWithoutResult((status) -> {
			Sent.STATEMENTS.clear();
			assertThatExceptionOfType(ReadOnlyRouteException.class).isThrownBy(() -> {
				touch.way().accept(on);
				on.session().flush();
			}).satisfies((ex) -> {
				assertThat(ex.getEntity()).contains(".twins.journal.");
				assertThat(ex.getDatabase()).isEqualTo("journal");
			});
			assertThat(Sent.STATEMENTS).allMatch((sql) -> sql.startsWith("select") && !sql.contains("nextval"))
				.noneMatch((sql) -> sql.contains(" for "));
			on.session().clear();
			status.setRollbackOnly();
		}));
		assertThat(application.rows("journal")).isEqualTo(this.journalRows);
	}

	@ParameterizedTest
	@MethodSource("readings")
	void isFineInAReadOnlyTransaction(Touch touch) {
		withLoaded(JournalItem.class,
				(on) -> transaction(true).executeWithoutResult((status) -> touch.way().accept(on)));
	}

	@Test
	void messageNamesEntityDatabaseAndRoute() {
		withLoaded(JournalItem.class, (on) -> transaction(false).executeWithoutResult((status) -> {
			on.session().find(AtlasItem.class, 1L);
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> on.session().find(JournalItem.class, 1L))
				.withMessage("Entity 'io.uno.routing.twins.journal.JournalItem' belongs to database 'journal', "
						+ "but the running transaction works on database 'atlas' (node 'atlas.main'); give that a transaction of its own "
						+ "(Propagation.REQUIRES_NEW or a template of database 'journal'), or note it in 'atlas' and carry it over later (an outbox)");
			status.setRollbackOnly();
		}));
		transaction(true).executeWithoutResult((status) -> {
			assertThatExceptionOfType(ReadOnlyRouteException.class)
				.isThrownBy(() -> session().persist(new JournalItem()))
				.withMessage(
						"Can't persist entity 'io.uno.routing.twins.journal.JournalItem' in a read-only transaction "
								+ "on database 'journal'; remove 'readOnly = true', or use a template's 'write'");
			status.setRollbackOnly();
		});
	}

	@Test
	void entityNamesItsDatabase() {
		transaction(false).executeWithoutResult((status) -> {
			assertThat(session().find(NamedItem.class, 1L).getName()).isEqualTo("journal");
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> session().find(AtlasItem.class, 1L));
			status.setRollbackOnly();
		});
	}

	@Test
	void queryOverBothDatabasesIsRefused() {
		transaction(false).executeWithoutResult((status) -> {
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> session()
				.createQuery("select a.name from AtlasItem a, JournalItem j where a.id = j.id", String.class)
				.getResultList());
			assertThat(this.claims.currentRoute()).isEmpty();
			status.setRollbackOnly();
		});
	}

	@Test
	void nativeQueryThatNamesNoEntityRunsOnTheDatabaseOfTheTransaction() {
		assertThat(transaction(false).<String>execute((status) -> name())).isEqualTo("atlas");
		assertThat(transaction(false).<String>execute((status) -> {
			session().find(JournalItem.class, 1L);
			return name();
		})).isEqualTo("journal");
	}

	private String name() {
		return session().createNativeQuery("select name from item where id = 1", String.class).getSingleResult();
	}

	@Test
	void entityFromADatabaseThatDoesNotOwnItIsRefused() {
		transaction(false).executeWithoutResult((status) -> {
			session().find(AtlasItem.class, 1L);
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> session().createStoredProcedureQuery("items", JournalItem.class)
					.registerStoredProcedureParameter(1, void.class, ParameterMode.REF_CURSOR)
					.getResultList())
				.withMessage("Entity 'io.uno.routing.twins.journal.JournalItem' belongs to database 'journal', but was "
						+ "read from database 'atlas' (node 'atlas.main'); have the query name the entity (addSynchronizedEntityClass), "
						+ "or run it on a template of database 'journal'");
			status.setRollbackOnly();
		});
	}

	@Test
	void storedProcedureRunsOnTheDatabaseOfTheTransaction() {
		transaction(false).executeWithoutResult((status) -> {
			this.claims.claim("journal", DatabaseReason.SCOPE);
			assertThat(session().createStoredProcedureQuery("items", JournalItem.class)
				.registerStoredProcedureParameter(1, void.class, ParameterMode.REF_CURSOR)
				.getSingleResult()).extracting("name", STRING).isEqualTo("journal");
		});
	}

	@Test
	void idsComeFromTheDatabaseOfTheEntity() {
		transaction(false).executeWithoutResult((status) -> {
			JournalItem item = new JournalItem();
			session().persist(item);
			assertThat(item.getId()).isGreaterThan(1000);
		});
		transaction(false).executeWithoutResult((status) -> {
			AtlasItem item = new AtlasItem();
			session().persist(item);
			assertThat(item.getId()).isLessThan(1000);
		});
	}

	@Test
	void mergingWhatIsUnchangedIsFineInAReadOnlyTransaction() {
		withLoaded(JournalItem.class, (on) -> transaction(true).executeWithoutResult((status) -> {
			on.session().detach(on.loaded());
			on.session().merge(on.loaded());
			on.session().flush();
		}));
	}

	@Test
	void readsOutsideOfTransactionsGoToTheDatabaseOfTheEntity() {
		try (EntityManager entityManager = this.factory.createEntityManager()) {
			JournalItem item = entityManager.find(JournalItem.class, 1L);
			assertThat(item.getName()).isEqualTo("journal");
			assertThat(item.getTags()).containsExactly("journal");
			assertThat(entityManager.createQuery("select name from JournalItem where id = 1", String.class)
				.getSingleResult()).isEqualTo("journal");
			assertThat(entityManager.find(AtlasItem.class, 1L).getName()).isEqualTo("atlas");
		}
	}

	@Test
	void whatCantBeSentToTheDatabaseOfTheEntityOutsideOfTransactionsIsRefused() {
		try (EntityManager entityManager = this.factory.createEntityManager()) {
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(
					() -> entityManager.createQuery("from JournalItem", JournalItem.class).getResultStream().toList())
				.withMessage(
						"Entity 'io.uno.routing.twins.journal.JournalItem' belongs to database 'journal', but outside "
								+ "of Spring's transactions this would be sent to 'atlas'; put it into a transaction (@Transactional(\"journal\") "
								+ "or a template of database 'journal')");
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> entityManager.persist(new JournalItem()));
		}
		try (StatelessSession session = this.factory.unwrap(SessionFactory.class).openStatelessSession()) {
			JournalItem item = session.get(JournalItem.class, 1L);
			assertThat(item.getName()).isEqualTo("journal");
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> session.delete(item));
		}
		assertThat(application.rows("atlas")).isEqualTo(this.atlasRows);
		assertThat(application.rows("journal")).isEqualTo(this.journalRows);
	}

	@Test
	void transactionOfTheEntityManagersOwnStaysOnTheDatabaseOfItsFirstStatement() {
		try (EntityManager entityManager = this.factory.createEntityManager()) {
			entityManager.getTransaction().begin();
			JournalItem item = entityManager.find(JournalItem.class, 1L);
			item.setName("changed");
			entityManager.flush();
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> entityManager.find(AtlasItem.class, 1L));
			entityManager.getTransaction().rollback();
		}
		assertThat(application.rows("journal")).isEqualTo(this.journalRows);
	}

	@Test
	void persistenceUnitOfTheApplicationsOwnIsNoExceptionToIt() {
		EntityManagerFactory own = application.bean("ownUnit", EntityManagerFactory.class);
		TransactionTemplate transaction = new TransactionTemplate(new JpaTransactionManager(own));
		transaction.executeWithoutResult((status) -> {
			EntityManager entityManager = ((EntityManagerHolder) TransactionSynchronizationManager.getResource(own))
				.getEntityManager();
			assertThat(entityManager.find(JournalItem.class, 1L).getName()).isEqualTo("journal");
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> entityManager.find(AtlasItem.class, 1L));
			status.setRollbackOnly();
		});
	}

	/**
	 * With one session for several transactions, as with open-in-view, in which an item
	 * has been loaded before.
	 */
	private void withLoaded(Class<? extends Item> type, Consumer<On> work) {
		EntityManager entityManager = this.factory.createEntityManager();
		TransactionSynchronizationManager.bindResource(this.factory, new EntityManagerHolder(entityManager));
		try {
			Item loaded = transaction(false).<Item>execute((status) -> entityManager.find(type, 1L));
			assertThat(loaded.getName()).isEqualTo(databaseOf(type));
			work.accept(new On(entityManager.unwrap(Session.class), type, loaded));
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.factory);
			entityManager.close();
		}
	}

	private Session session() {
		return ((EntityManagerHolder) TransactionSynchronizationManager.getResource(this.factory)).getEntityManager()
			.unwrap(Session.class);
	}

	private TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		return transaction;
	}

	private List<String> rowsBefore(String database) {
		return database.equals("atlas") ? this.atlasRows : this.journalRows;
	}

	private static String databaseOf(Class<?> type) {
		return (type == AtlasItem.class) ? "atlas" : "journal";
	}

	private static String other(Class<?> type) {
		return databaseOf(otherType(type));
	}

	private static Class<? extends Item> otherType(Class<?> type) {
		return (type == AtlasItem.class) ? JournalItem.class : AtlasItem.class;
	}

}
