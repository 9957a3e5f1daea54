package io.uno.docs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.bulk.BulkResult;
import io.uno.bulk.BulkService;
import io.uno.docs.atlas.City;
import io.uno.docs.atlas.CityRepository;
import io.uno.docs.atlas.Country;
import io.uno.docs.atlas.Place;
import io.uno.docs.journal.Entry;
import io.uno.docs.journal.EntryRepository;
import io.uno.docs.remark.Remark;
import io.uno.datasource.Position;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.error.DatabaseError;
import io.uno.error.DatabaseError.Kind;
import io.uno.error.DatabaseErrors;
import io.uno.error.TransactionRolledBackException;
import io.uno.error.UniqueViolationException;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.Freshness;
import io.uno.routing.PositionScope;
import io.uno.routing.Route;
import io.uno.routing.RouteConflictException;
import io.uno.routing.RoutingTemplate;
import io.uno.session.ConnectionTemplate;
import io.uno.session.Retry;
import io.uno.session.SessionTemplate;
import io.uno.type.GeoPoint;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the examples of the pages on routing, sessions and types, and of the README.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE,
		properties = { "uno.default-database=atlas", "uno.databases.atlas.replicas.east.weight=1",
				"uno.databases.journal.packages=io.uno.docs.journal", "spring.flyway.enabled=false",
				"spring.config.import=classpath:docs/roles.yml" })
@EmbeddedPostgres(replicas = 1)
class GuideTests {

	private static final long id = 1;

	private final SessionTemplate sessions;

	private final ConnectionTemplate connections;

	private final BulkService bulk;

	private final Cities beans;

	private final DatabaseClaims claims;

	private final EntryRepository entries;

	@Autowired
	GuideTests(SessionTemplate sessions, ConnectionTemplate connections, BulkService bulk, Cities beans,
			DatabaseClaims claims, EntryRepository entries) {
		this.sessions = sessions;
		this.connections = connections;
		this.bulk = bulk;
		this.beans = beans;
		this.claims = claims;
		this.entries = entries;
	}

	@BeforeAll
	static void createTables(@Autowired @Qualifier("atlas") PostgresCluster atlas,
			@Autowired @Qualifier("journal") PostgresCluster journal) {
		JdbcTemplate jdbc = new JdbcTemplate(atlas.primary().dataSource());
		jdbc.execute("create table country (id bigint primary key, code text unique)");
		jdbc.execute("""
				create table city (id bigint primary key, geoname_id bigint unique, name text,
					country_id bigint references country)
				""");
		jdbc.execute("create table place (id bigint primary key, location point)");
		jdbc.execute("grant select on city to reader");
		jdbc.execute("grant select, update on city to auditor");
		JdbcTemplate journalJdbc = new JdbcTemplate(journal.primary().dataSource());
		journalJdbc.execute("create table entry (id uuid primary key, line text)");
		journalJdbc.execute("create table remark (id bigint primary key, text text)");
	}

	@BeforeEach
	void createCity() {
		this.entries.deleteAll();
		this.sessions.writeWithoutResult((session) -> {
			session.createMutationQuery("delete from City").executeUpdate();
			session.createMutationQuery("delete from Country").executeUpdate();
			Country switzerland = new Country(1L, "CH");
			session.persist(switzerland);
			session.persist(new City(id, "Berne", switzerland));
		});
	}

	@Test
	void sessionsAreReadAndWritten(@Autowired PostgresCluster atlas) {
		SessionTemplate sessions = this.sessions;
		atlas.replica("east").awaitReplay();

		City city = sessions.read((session) -> session.find(City.class, id));

		sessions.writeWithoutResult((session) -> session.find(City.class, id).setName("Bern"));

		sessions.on("journal").writeWithoutResult((session) -> session.persist(new Entry("renamed")));

		assertThat(city.getName()).isEqualTo("Berne");
		atlas.replica("east").awaitReplay();
		String renamed = sessions.read((session) -> session.find(City.class, id).getName());
		assertThat(renamed).isEqualTo("Bern");
		assertThat(lines()).containsExactly("renamed");
	}

	@Test
	void failuresTellWhatACallerCanDo() {
		SessionTemplate sessions = this.sessions;

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> {

			try {
				sessions.writeWithoutResult((session) -> session.persist(new City(id, "Thun", null)));
			}
			catch (UniqueViolationException ex) {
				throw new IllegalArgumentException("taken already: " + ex.getError().constraint(), ex);
			}

		}).withMessage("taken already: city_pkey").satisfies((failure) -> {

			Optional<DatabaseError> error = DatabaseErrors.of(failure);

			boolean again = DatabaseErrors.is(failure, Kind.SERIALIZATION);

			assertThat(error).hasValueSatisfying((known) -> assertThat(known.node()).isEqualTo("atlas.main"));
			assertThat(again).isFalse();
		});
	}

	@Test
	void commitOfWhatHasFailedIsRefused() {
		Runnable work = () -> this.sessions.writeWithoutResult((session) -> session.doWork((connection) -> {
			try (Statement statement = connection.createStatement()) {
				statement.execute("insert into city (id) values (1)");
			}
			catch (SQLException ex) {
				// caught, but the server has given the transaction up
			}
		}));

		String statement = null;
		try {
			work.run();
		}
		catch (TransactionRolledBackException ex) {
			statement = ex.getStatement();
		}

		assertThat(statement).isEqualTo("insert into city (id) values (1)");
	}

	@Test
	void sessionsActAsARoleAndAreTriedAgain() {
		SessionTemplate sessions = this.sessions;

		long changed = sessions.on("atlas")
			.asRole("auditor")
			.asTenant(7)
			.retry(3)
			.write((session) -> session.createMutationQuery("update City set name = 'Bern'").executeUpdate());

		assertThat(changed).isOne();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> sessions.asRole("reader")
			.write((session) -> session.createMutationQuery("update City set name = 'Basel'").executeUpdate()));
	}

	@Test
	void sessionsAreRefined() {
		SessionTemplate sessions = this.sessions;
		List<String> outbox = new ArrayList<>();

		SessionTemplate settling = sessions.named("settle")
			.isolation(Isolation.SERIALIZABLE)
			.timeout(Duration.ofSeconds(2))
			.retry(3)
			.afterCommit(() -> outbox.add("settled"));

		settling.writeWithoutResult((session) -> session.find(City.class, id).setName("Bern"));
		assertThat(outbox).containsExactly("settled");
	}

	@Test
	void nestedWorkIsUndoneAlone() {
		SessionTemplate sessions = this.sessions;
		List<String> log = new ArrayList<>();
		Country switzerland = new Country(1L, "CH");

		sessions.writeWithoutResult((session) -> {
			session.persist(new City(2L, "Zug", switzerland));
			try {
				sessions.propagation(Propagation.NESTED)
					.writeWithoutResult((nested) -> nested.persist(new City(id, "twice", switzerland)));
			}
			catch (PersistenceException | DataAccessException ex) {
				log.add("not twice");
			}
		});

		assertThat(log).containsExactly("not twice");
		List<String> names = sessions
			.write((session) -> session.createSelectionQuery("select name from City order by id", String.class).list());
		assertThat(names).containsExactly("Berne", "Zug");
	}

	@Test
	void statelessSessionsAndPlainSqlTakePart() {
		SessionTemplate sessions = this.sessions;
		Country switzerland = new Country(1L, "CH");
		List<City> cities = List.of(new City(2L, "Zug", switzerland), new City(3L, "Chur", switzerland));

		sessions.stateless().writeWithoutResult((session) -> session.insertMultiple(cities));

		int swiss = sessions.jdbc().read((jdbc) -> jdbc.sql("select count(*) from city").query(Integer.class).single());

		assertThat(swiss).isEqualTo(3);
	}

	@Test
	void transactionsAreTriedAgain() {
		SessionTemplate sessions = this.sessions;

		sessions.retry(Retry.attempts(5).within(Duration.ofSeconds(10)).onLockTimeout())
			.writeWithoutResult((session) -> session.find(City.class, id).setName("Bern"));

		this.beans.settle(id, "Berna");
		String name = sessions.write((session) -> session.find(City.class, id).getName());
		assertThat(name).isEqualTo("Berna");
	}

	@Test
	void sessionsWorkOnAnotherThread(@Autowired PostgresCluster atlas) {
		SessionTemplate sessions = this.sessions;
		atlas.replica("east").awaitReplay();

		CompletableFuture<City> later = sessions.async().read((session) -> session.find(City.class, id));

		assertThat(later.join().getName()).isEqualTo("Berne");
	}

	@Test
	void connectionsAreOpenedAndClosed() throws SQLException {
		ConnectionTemplate connections = this.connections;

		try (Connection connection = connections.on("atlas").asRole("reader").asTenant(7).open()) {
			assertThat(count(connection)).isNotNegative();
			connection.commit();
		}
	}

	@Test
	void connectionsAreLentAndGivenBack() {
		ConnectionTemplate connections = this.connections;

		int rows = connections.on("atlas").asRole("reader").execute((connection) -> count(connection));

		assertThat(rows).isOne();
	}

	private static int count(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet count = statement.executeQuery("select count(*) from city")) {
			count.next();
			return count.getInt(1);
		}
	}

	@Test
	void readmeShowsTemplatesAndBulk(@Autowired PostgresCluster atlas) {
		SessionTemplate sessions = this.sessions;
		BulkService bulk = this.bulk;
		List<City> cities = List.of(new City(2L, "Zug", Country.of("CH")), new City(3L, "Chur", Country.of("CH")));

		atlas.replica("east").awaitReplay();
		City city = sessions.read((session) -> session.find(City.class, id));

		sessions.on("journal").writeWithoutResult((session) -> session.persist(new Entry("renamed " + id)));

		BulkResult result = bulk.insert(City.class).resolving("country").from(cities);

		assertThat(city.getName()).isEqualTo("Berne");
		assertThat(lines()).containsExactly("renamed 1");
		assertThat(result.inserted()).isEqualTo(2);
		long swiss = sessions.write((session) -> session
			.createSelectionQuery("select count(*) from City where country.code = 'CH'", Long.class)
			.getSingleResult());
		assertThat(swiss).isEqualTo(3);
	}

	@Test
	void beansStayAsTheyAre(@Autowired PostgresCluster atlas, @Autowired @Qualifier("atlas.east") DataSource east)
			throws Exception {
		DatabaseClaims claims = this.claims;
		this.beans.rename(id, "Bern");
		this.beans.log("renamed");
		atlas.replica("east").awaitReplay();
		assertThat(this.beans.largest("CH")).extracting(City::getName).containsExactly("Bern");
		assertThat(this.beans.routeOfARead().node().replica()).isTrue();
		Optional<Route> route = claims.currentRoute();
		assertThat(route).isEmpty();
		assertThat(lines()).containsExactly("renamed");
		assertThat(east.unwrap(HikariDataSource.class).getPoolName()).isEqualTo("atlas.east");
	}

	@Test
	void readsSayHowFreshTheyHaveToBe(@Autowired RoutingTemplate routing) {
		Cities cities = this.beans;
		SessionTemplate sessions = this.sessions;

		long places = routing.freshness(Freshness.latest()).call(cities::count);

		City found = sessions.freshness(Freshness.any()).read((session) -> session.find(City.class, id));

		routing.on("journal").run(() -> cities.log("imported"));

		assertThat(places).isOne();
		assertThat(found).isNotNull();
		assertThat(lines()).containsExactly("imported");
	}

	@Test
	void positionsAreHandedOn(@Autowired RoutingTemplate routing) {
		Cities cities = this.beans;

		RoutingTemplate job = routing.scope(PositionScope.of("job", "import"));
		Position written = job.call(() -> {
			cities.rename(id, "Bern");
			return routing.position().orElseThrow();
		});
		List<City> seen = routing.after(Position.parse(written.toString())).call(() -> cities.largest("CH"));

		assertThat(seen).extracting(City::getName).containsExactly("Bern");
	}

	@Test
	void entityNamesItsDatabase(@Autowired EntityManager entityManager, @Autowired TransactionTemplate transaction) {
		transaction.executeWithoutResult((status) -> entityManager.persist(new Remark(1L, "renamed")));
		transaction.executeWithoutResult((status) -> {
			assertThat(entityManager.find(Remark.class, 1L).getText()).isEqualTo("renamed");
			assertThat(this.claims.currentRoute().map(Route::database)).contains("journal");
			assertThatExceptionOfType(RouteConflictException.class)
				.isThrownBy(() -> entityManager.find(City.class, id));
			status.setRollbackOnly();
		});
	}

	@Test
	void valueClassNeedsNoAnnotation() {
		GeoPoint bern = new GeoPoint(46.94809, 7.44744);
		this.sessions.writeWithoutResult((session) -> session.persist(new Place(7L, bern)));
		Place place = this.sessions.write((session) -> session.find(Place.class, 7L));
		assertThat(place.getLocation()).isEqualTo(bern);
	}

	private List<String> lines() {
		return this.entries.findAll().stream().map(Entry::getLine).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackages = { "io.uno.docs.atlas", "io.uno.docs.journal", "io.uno.docs.remark" })
	@EnableJpaRepositories(basePackages = { "io.uno.docs.atlas", "io.uno.docs.journal" })
	static class Application {

		@Bean
		Cities cities(CityRepository cities, EntryRepository entries, DatabaseClaims claims) {
			return new Cities(cities, entries, claims);
		}

	}

}
