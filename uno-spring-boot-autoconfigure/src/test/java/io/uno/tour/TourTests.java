package io.uno.tour;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.uno.bulk.BulkResult;
import io.uno.bulk.BulkService;
import io.uno.crud.Saved;
import io.uno.crud.UnoDb;
import io.uno.crud.UnoDbFactory;
import io.uno.crud.UnoQuery;
import io.uno.datasource.Duty;
import io.uno.datasource.Node;
import io.uno.datasource.NodeState;
import io.uno.docs.YamlFile;
import io.uno.tour.atlas.City;
import io.uno.tour.atlas.Country;
import io.uno.tour.atlas.Customer;
import io.uno.tour.atlas.Invoice;
import io.uno.tour.atlas.Shop;
import io.uno.tour.atlas.Visit;
import io.uno.embedded.PostgresCluster;
import io.uno.error.NoSuchEntityException;
import io.uno.query.Filter;
import io.uno.schema.ObjectType;
import io.uno.schema.Schema;
import io.uno.session.ConnectionTemplate;
import io.uno.session.DatabaseFactory;
import io.uno.session.SessionTemplate;
import io.uno.type.GeoPoint;
import io.uno.type.Ulid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.Window;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Runs everything that the tour shows, and the pages on mapping and habits, against
 * PostgreSQL servers with a replica.
 */
@Tag("postgres")
class TourTests {

	private static ConfigurableApplicationContext application;

	private final DatabaseFactory databases = application.getBean(DatabaseFactory.class);

	private final SessionTemplate sessions = application.getBean(SessionTemplate.class);

	private final ConnectionTemplate connections = application.getBean(ConnectionTemplate.class);

	private final BulkService bulk = application.getBean(BulkService.class);

	private final Schema schema = application.getBean(Schema.class);

	private final UnoDbFactory factory = application.getBean(UnoDbFactory.class);

	private final Places places = application.getBean(Places.class);

	private final Changes changes = application.getBean(Changes.class);

	private final JdbcClient jdbc = this.databases.jdbcClient("atlas");

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(Tour.class).web(WebApplicationType.NONE)
			.initializers(new YamlFile("docs/tour.yml"))
			.properties("spring.flyway.enabled=false", "spring.main.banner-mode=off")
			.run();
		application.getBean(DatabaseFactory.class)
			.jdbcClient("atlas")
			.sql("create extension if not exists pg_trgm")
			.update();
		Schema schema = application.getBean(Schema.class);
		schema.on("atlas").apply();
		schema.on("journal").apply();
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@BeforeEach
	void createRows() {
		this.jdbc.sql("delete from city").update();
		this.jdbc.sql("delete from country").update();
		this.sessions.writeWithoutResult((session) -> {
			Country switzerland = new Country(1L, "CH");
			session.persist(switzerland);
			session.persist(new City(1L, "Zürich", 436_000, switzerland));
			session.persist(new City(2L, "Bern", 134_000, switzerland));
			session.persist(new City(3L, "Chur", 38_000, switzerland));
		});
		application.getBean("atlas.cluster", PostgresCluster.class)
			.replicas()
			.forEach((replica) -> replica.awaitReplay());
	}

	@Test
	void managers() {
		DatabaseFactory databases = this.databases;

		Node primary = databases.databases().get("atlas").main();
		NodeState state = databases.stateOf(primary);

		long lines = databases.jdbcClient("journal").sql("select count(*) from line").query(Long.class).single();

		assertThat(state.reachable()).isTrue();
		assertThat(state.duty()).isEqualTo(Duty.PRIMARY);
		assertThat(lines).isNotNegative();
	}

	@Test
	void routing() {
		assertThat(this.places.largest("CH")).extracting(City::getName).containsExactly("Zürich", "Bern", "Chur");
		JdbcClient journal = this.databases.jdbcClient("journal");
		long before = journal.sql("select count(*) from line").query(Long.class).single();
		this.places.log("arrived");
		assertThat(journal.sql("select count(*) from line").query(Long.class).single()).isEqualTo(before + 1);
	}

	@Test
	void sessions() throws Exception {
		SessionTemplate sessions = this.sessions;
		sessions.asTenant(7).writeWithoutResult((session) -> session.persist(new Visit(7, "Zoug")));
		sessions.asTenant(8).writeWithoutResult((session) -> session.persist(new Visit(8, "Zoug")));

		int renamed = sessions.on("atlas")
			.asTenant(7)
			.retry(3)
			.write((session) -> session.createMutationQuery("update Visit set place = 'Zug' where place = 'Zoug'")
				.executeUpdate());

		CompletableFuture<Long> later = sessions.async()
			.read((session) -> session.createSelectionQuery("select count(*) from City", Long.class).getSingleResult());

		assertThat(renamed).isOne();
		assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(3);
	}

	@Test
	void bulk() {
		BulkService bulk = this.bulk;
		List<City> rows = List.of(new City(3L, "Coire", 39_000, Country.of("CH")),
				new City(4L, "Zug", 31_000, Country.of("CH")));

		BulkResult result = bulk.upsert(City.class).by("geonameId").resolving("country").from(rows);

		assertThat(result.inserted()).isOne();
		assertThat(result.updated()).isOne();
	}

	@Test
	void types() {
		Ulid guide = Ulid.next();
		this.sessions.writeWithoutResult((session) -> {
			City zurich = session.find(City.class, 1L);
			zurich.setLocation(new GeoPoint(47.37, 8.54));
			zurich.setGuide(guide);
		});
		assertThat(this.jdbc.sql("select location::text || guide from city where id = 1").query(String.class).single())
			.isEqualTo("(8.54,47.37)" + guide.toUuid());
	}

	@Test
	void utilities() {
		UnoDb<City> cities = this.factory.of(City.class);

		Filter<City> large = Filter.of(City.class)
			.where("population")
			.greaterThanOrEqualTo(50_000)
			.and("country.code")
			.equalTo("CH");

		UnoQuery<City> query = cities.filter("country.code = 'CH' and population >= 30000")
			.sort("-population")
			.limit(2);
		Window<City> first = query.window();
		Window<City> next = query.after(first.positionAt(first.size() - 1)).window();

		assertThat(cities.filter(large).count()).isEqualTo(2);
		assertThat(first).extracting(City::getName).containsExactly("Zürich", "Bern");
		assertThat(first.hasNext()).isTrue();
		assertThat(next).extracting(City::getName).containsExactly("Chur");
		assertThat(next.hasNext()).isFalse();
	}

	@Test
	void events() {
		UnoDb<Customer> customers = this.factory.of(Customer.class);
		Customer grace = customers.create(new Customer("Grace", "grace@example.org"));
		grace.rename("Grace Hopper");
		customers.update(grace);
		assertThat(this.changes.changed()).anySatisfy((changed) -> assertThat(changed).contains("name", "version"));
		assertThatIllegalStateException().isThrownBy(this.places::fail);
		assertThat(this.changes.rolledBack()).contains(Places.class.getName() + ".fail");
	}

	@Test
	void expressions() {
		this.jdbc.sql("update city set altitudes = '[392,872)' where id = 1").update();
		this.sessions.writeWithoutResult((session) -> {
			List<String> alike = session
				.createSelectionQuery("select name from City where similarity(name, :name) > 0.3", String.class)
				.setParameter("name", "Zürch")
				.getResultList();

			List<String> between = session
				.createSelectionQuery("select name from City where range_contains(altitudes, 400)", String.class)
				.getResultList();

			List<Object[]> ranked = session.createSelectionQuery("""
					select name, rank() over (partition by country.code order by population desc)
					from City order by name
					""", Object[].class).getResultList();

			assertThat(alike).containsExactly("Zürich");
			assertThat(between).containsExactly("Zürich");
			assertThat(ranked).containsExactly(new Object[] { "Bern", 2L }, new Object[] { "Chur", 3L },
					new Object[] { "Zürich", 1L });
		});
	}

	@Test
	void mapping() {
		Shop root = new Shop("Ada", null, new GeoPoint(47.37, 8.54));
		Shop shop = new Shop("Grace", root, new GeoPoint(46.95, 7.44));
		shop.getDoors().add(new GeoPoint(46.96, 7.45));
		shop.getInvoices().add(new Invoice(shop, 995));
		this.sessions.writeWithoutResult((session) -> {
			session.persist(root);
			session.persist(shop);
		});
		this.sessions.writeWithoutResult((session) -> {
			List<GeoPoint> doors = session
				.createSelectionQuery("select d from Shop s join s.doors d where s.id = :id", GeoPoint.class)
				.setParameter("id", shop.getId())
				.getResultList();

			assertThat(doors).containsExactly(new GeoPoint(46.96, 7.45));
			Shop found = session.find(Shop.class, shop.getId());
			assertThat(found).isEqualTo(shop).hasSameHashCodeAs(shop);
			assertThat(found.getParent()).isEqualTo(root);
			assertThat(found.getInvoices()).extracting(Invoice::getCents).containsExactly(995L);
			assertThat(found.getLocation()).isEqualTo(new GeoPoint(46.95, 7.44));
		});
	}

	@Test
	void connections() {
		ConnectionTemplate connections = this.connections;

		long count = connections.on("atlas").asRole("reader").execute((connection) -> count(connection));

		assertThat(count).isEqualTo(3);
		assertThat(this.jdbc.sql("select current_user").query(String.class).single()).isNotEqualTo("reader");
	}

	private static long count(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select count(*) from city where current_user = 'reader'")) {
			rows.next();
			return rows.getLong(1);
		}
	}

	@Test
	void customerFromItsTableToItsLastRow() {
		UnoDb<Customer> customers = application.getBean(Customers.class).db();
		this.jdbc.sql("drop table customer").update();
		this.jdbc.sql(this.schema.of(Customer.class).emit(ObjectType.TABLE)).update();

		Saved<Customer> saved = customers.getOrCreate(new Customer("Ada", "ada@example.org"));
		Customer ada = saved.entity();

		Customer same = customers.get("email", "ada@example.org");
		same.rename("Ada Lovelace");
		Customer updated = customers.update(same);

		assertThat(saved.created()).isTrue();
		assertThat(customers.getOrCreate(new Customer("Ada", "ada@example.org")).created()).isFalse();
		assertThat(updated).isEqualTo(ada);
		assertThat(updated.getVersion()).isEqualTo(1);
		assertThat(customers.get(ada.getId()).getName()).isEqualTo("Ada Lovelace");

		customers.delete(updated);

		assertThatExceptionOfType(NoSuchEntityException.class)
			.isThrownBy(() -> customers.get("email", "ada@example.org"));
	}

	@Test
	void emitters() {
		Schema schema = this.schema;
		this.jdbc.sql("drop table visit, visit_history cascade").update();

		String table = schema.of(Customer.class).emit(ObjectType.TABLE);

		schema.of(Visit.class).apply();

		assertThat(table).startsWith("create table customer (").contains("email varchar(255) not null unique");
		this.sessions.asTenant(7)
			.asUser("ada")
			.writeWithoutResult((session) -> session.persist(new Visit(7, "  Bern ")));
		String seen = "select place from visit";
		assertThat(as(7, seen)).containsExactly("Bern");
		assertThat(as(8, seen)).isEmpty();
		assertThat(this.jdbc.sql(seen).query(String.class).list()).isEmpty();
		assertThat(as(7, "select history_operation || ' ' || place || ' ' || history_by from visit_history"))
			.containsExactly("INSERT Bern ada");
	}

	private List<String> as(long tenant, String sql) {
		return this.connections.asTenant(tenant).execute((connection) -> this.jdbc.sql(sql).query(String.class).list());
	}

	@Test
	void habits() throws Exception {
		ConnectionTemplate connections = this.connections;
		SessionTemplate sessions = this.sessions;
		UnoDbFactory factory = this.factory;
		factory.of(Customer.class).getOrCreate(new Customer("Ada", "ada@example.org"));

		long cities = connections.execute((connection) -> {
			try (Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("select count(*) from city")) {
				rows.next();
				return rows.getLong(1);
			}
		});

		UnoDb<Customer> customers = factory.of(Customer.class);
		Customer ada = customers.get("email", "ada@example.org");

		CompletableFuture<Long> count = sessions.async()
			.read((session) -> session.createSelectionQuery("select count(*) from City", Long.class).getSingleResult());

		assertThat(cities).isEqualTo(3);
		assertThat(count.get(10, TimeUnit.SECONDS)).isEqualTo(3);
		customers.delete(ada);
	}

	@Test
	void transactionManagerOfADatabaseIsFoundByItsName() {
		TransactionTemplate journal = new TransactionTemplate(this.databases.transactionManager("journal"));
		assertThat(journal.<String>execute((status) -> this.databases.jdbcClient("journal")
			.sql("select current_database()")
			.query(String.class)
			.single())).isNotEqualTo(this.jdbc.sql("select current_database()").query(String.class).single());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackages = { "io.uno.tour.atlas", "io.uno.tour.journal" })
	@EnableJpaRepositories(basePackages = { "io.uno.tour.atlas", "io.uno.tour.journal" })
	@Import({ Places.class, Customers.class, Changes.class })
	static class Tour {

	}

}
