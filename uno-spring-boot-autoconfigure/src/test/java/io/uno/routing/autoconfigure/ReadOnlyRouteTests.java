package io.uno.routing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.uno.bulk.BulkService;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.Freshness;
import io.uno.routing.ReadOnlyRouteException;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.autoconfigure.atlas.Place;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that read-only transactions refuse to write, where the one database is Boot's.
 */
@Tag("postgres")
class ReadOnlyRouteTests {

	private static PostgresCluster cluster;

	private static ConfigurableApplicationContext context;

	private final EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);

	private final EntityManager entityManager = SharedEntityManagerCreator.createSharedEntityManager(this.factory);

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(1);
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table place (id bigint primary key, name text)");
		jdbc.execute("create sequence place_seq increment 50");
		jdbc.execute("insert into place values (-1, 'Bern')");
		cluster.replicas().get(0).awaitReplay();
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String property : ShopRunner.properties(cluster)) {
			properties.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		properties.put("spring.main.banner-mode", "off");
		properties.put("spring.flyway.enabled", "false");
		properties.put("spring.jpa.hibernate.ddl-auto", "none");
		properties.put("spring.data.jpa.repositories.enabled", "false");
		context = new SpringApplicationBuilder(Configured.class).web(WebApplicationType.NONE)
			.properties(properties)
			.run();
	}

	@AfterAll
	static void close() {
		context.close();
		cluster.close();
	}

	@Test
	void writesAndLocksAreRefusedAndTheNodeIsNamed() {
		inTransaction(true, (place) -> {
			assertRefused("persist", () -> this.entityManager.persist(new Place("nowhere")));
			assertRefused("delete", () -> this.entityManager.remove(place));
			assertRefused("lock", () -> this.entityManager.lock(place, LockModeType.PESSIMISTIC_WRITE));
			assertRefused("lock", () -> this.entityManager.refresh(place, LockModeType.PESSIMISTIC_READ));
			assertRefused("lock", () -> this.entityManager.find(Place.class, -1L, LockModeType.PESSIMISTIC_WRITE));
			assertRefused("insert", () -> this.entityManager.merge(new Place("nowhere")));
			assertRefused("insert", () -> {
				try (StatelessSession session = this.factory.unwrap(SessionFactory.class).openStatelessSession()) {
					session.insert(new Place("nowhere"));
				}
			});
		});
	}

	@Test
	void queriesThatWriteOrLockAreRefused() {
		inTransaction(true, (place) -> {
			assertThatExceptionOfType(ReadOnlyRouteException.class)
				.isThrownBy(() -> this.entityManager.createQuery("delete from Place").executeUpdate())
				.withMessage(
						"Can't change rows in a read-only transaction on database 'default' (node 'default.east'); "
								+ "remove 'readOnly = true', or use a template's 'write'");
			assertThatExceptionOfType(ReadOnlyRouteException.class)
				.isThrownBy(() -> this.entityManager.createQuery("from Place", Place.class)
					.setLockMode(LockModeType.PESSIMISTIC_WRITE)
					.getResultList())
				.withMessage("Can't lock rows in a read-only transaction on database 'default' (node 'default.east'); "
						+ "remove 'readOnly = true', or use a template's 'write'");
		});
	}

	@Test
	void writesThatOnlyTheServerNoticesAreRefusedToo() {
		inTransaction(true, (place) -> assertRefusedByServer(
				() -> this.entityManager.createNativeQuery("update place set name = ''").executeUpdate()));
		inTransaction(true, (place) -> assertRefusedByServer(
				() -> this.entityManager.createNativeQuery("select nextval('place_seq')").getResultList()));
		inTransaction(true, (place) -> assertRefusedByServer(() -> {
			try (StatelessSession session = this.factory.unwrap(SessionFactory.class).openStatelessSession()) {
				session.createNativeQuery("select nextval('place_seq')", Long.class).getSingleResult();
			}
		}));
		inTransaction(true, (place) -> assertRefusedByServer(
				() -> context.getBean(JdbcTemplate.class).update("update place set name = ''")));
		inTransaction(true, (place) -> assertRefusedByServer(
				() -> context.getBean(JdbcClient.class).sql("delete from place where id = ?").param(1).update()));
	}

	@Test
	void writesThatOnlyTheServerNoticesAreRefusedOnThePrimaryToo() {
		context.getBean(RoutingTemplate.class).freshness(Freshness.latest()).run(() -> {
			inTransaction(true, (place) -> assertRefusedByServer("default.main",
					() -> this.entityManager.createNativeQuery("update place set name = ''").executeUpdate()));
			inTransaction(true, (place) -> assertRefusedByServer("default.main",
					() -> context.getBean(JdbcTemplate.class).update("update place set name = ''")));
		});
	}

	private void assertRefusedByServer(Runnable work) {
		assertRefusedByServer("default.east", work);
	}

	private void assertRefusedByServer(String node, Runnable work) {
		assertThatExceptionOfType(ReadOnlyRouteException.class).isThrownBy(work::run)
			.withMessage(
					"Can't write rows in a read-only transaction on database 'default' (node '%s'); remove 'readOnly = true', or use a template's 'write'"
						.formatted(node))
			.withRootCauseInstanceOf(PSQLException.class)
			.satisfies((refusal) -> assertThat(refusal.getError().sqlState()).isEqualTo("25006"))
			.satisfies((refusal) -> assertThat(refusal.getError().node()).isEqualTo(node));
	}

	@Test
	void bulkOperationsAreRefusedBeforeAConnectionIsFetched() {
		TransactionTemplate reading = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		reading.setReadOnly(true);
		reading.setName("report");
		reading.executeWithoutResult((status) -> {
			BulkService bulk = context.getBean(BulkService.class);
			assertThatExceptionOfType(ReadOnlyRouteException.class)
				.isThrownBy(() -> bulk.insert(Place.class).from(List.of(new Place("nowhere"))))
				.withMessage("A bulk operation on %s can't join the running transaction 'report', which is read-only; "
						+ "remove 'readOnly = true' from it, or give the operation a transaction of its own "
						+ "(Propagation.REQUIRES_NEW)", Place.class.getName())
				.satisfies((refusal) -> assertThat(refusal.getEntity()).isEqualTo(Place.class.getName()));
			assertThat(context.getBean(DatabaseClaims.class).currentRoute()).isEmpty();
			status.setRollbackOnly();
		});
	}

	@Test
	void everythingElseIsAsEver() {
		inTransaction(true, (place) -> {
			this.entityManager.detach(place);
			assertThat(this.entityManager.merge(place).getName()).isEqualTo("Bern");
			this.entityManager.flush();
			assertThat(this.entityManager.createNativeQuery("set local work_mem = '8MB'").executeUpdate()).isZero();
		});
		inTransaction(false, (place) -> {
			Place created = new Place("Zug");
			this.entityManager.persist(created);
			this.entityManager.lock(place, LockModeType.PESSIMISTIC_WRITE);
			this.entityManager.flush();
			assertThat(this.entityManager.createQuery("delete from Place where id = :id")
				.setParameter("id", created.getId())
				.executeUpdate()).isOne();
		});
	}

	private void assertRefused(String operation, Runnable work) {
		assertThatExceptionOfType(ReadOnlyRouteException.class).isThrownBy(work::run)
			.withMessage("Can't %s entity '%s' in a read-only transaction on database 'default' (node 'default.east'); "
				.formatted(operation, Place.class.getName()) + "remove 'readOnly = true', or use a template's 'write'");
	}

	private void inTransaction(boolean readOnly, Consumer<Place> work) {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		transaction.executeWithoutResult((status) -> {
			work.accept(this.entityManager.find(Place.class, -1L));
			this.entityManager.clear();
			if (readOnly) {
				status.setRollbackOnly();
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackages = "io.uno.routing.autoconfigure.atlas")
	static class Configured {

	}

}
