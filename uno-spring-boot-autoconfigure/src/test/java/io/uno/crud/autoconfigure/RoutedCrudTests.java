package io.uno.crud.autoconfigure;

import javax.sql.DataSource;

import io.uno.crud.UnoDb;
import io.uno.crud.autoconfigure.atlas.Place;
import io.uno.crud.autoconfigure.journal.Entry;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.routing.RouteConflictException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(classes = RoutedCrudTests.Application.class,
		properties = { "uno.default-database=atlas", "uno.databases.atlas.packages=io.uno.crud.autoconfigure.atlas",
				"uno.databases.journal.packages=io.uno.crud.autoconfigure.journal",
				"spring.main.web-application-type=none" })
@EmbeddedPostgres(replicas = 1)
class RoutedCrudTests {

	private final UnoDb<Place> places;

	private final UnoDb<Entry> entries;

	private final TransactionTemplate transaction;

	private final PostgresCluster atlas;

	private final PostgresCluster journal;

	@Autowired
	RoutedCrudTests(UnoDb<Place> places, UnoDb<Entry> entries, TransactionTemplate transaction, PostgresCluster atlas,
			@Qualifier("journal") PostgresCluster journal) {
		this.places = places;
		this.entries = entries;
		this.transaction = transaction;
		this.atlas = atlas;
		this.journal = journal;
	}

	@BeforeAll
	void createTables(@Autowired @Qualifier("atlas.main") DataSource atlas,
			@Autowired @Qualifier("journal.main") DataSource journal) {
		new JdbcTemplate(atlas).execute("create table place (id bigint primary key, name text)");
		new JdbcTemplate(journal).execute("create table entry (id bigint primary key, line text unique)");
	}

	@Test
	void readsMayBeAnsweredByAReplicaAndWritesAreNot() {
		this.places.create(new Place(1, "Bern"));
		this.atlas.replica("replica-1").awaitReplay();
		assertThat(this.places.get(1).isOnReplica()).isTrue();
		assertThat(this.places.filter("name = 'Bern'").one().isOnReplica()).isTrue();
		assertThat(this.places.getOrCreate(new Place(2, "Bern"), "name").entity().isOnReplica()).isFalse();
		assertThat(this.places.getOrCreate(new Place(2, "Basel"), "name").created()).isTrue();
	}

	@Test
	void worksOnTheDatabaseOfTheEntity() {
		this.entries.create(new Entry(1, "first"));
		assertThat(this.entries.get("line", "first").getDatabase()).isEqualTo(this.journal.database());
		assertThat(this.entries.getOrCreate(new Entry(2, "second")).created()).isTrue();
		assertThat(this.entries.getOrCreate(new Entry(3, "second")).entity().getDatabase())
			.isEqualTo(this.journal.database());
		this.transaction.executeWithoutResult((status) -> {
			assertThat(this.entries.getOrCreate(new Entry(4, "third")).created()).isTrue();
			assertThat(this.entries.getOrCreate(new Entry(5, "third")).created()).isFalse();
		});
	}

	@Test
	void transactionOnAnotherDatabaseIsRefused() {
		assertThatExceptionOfType(RouteConflictException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				this.places.exists("name", "Bern");
				this.entries.exists("line", "first");
			}));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
	@EntityScan({ "io.uno.crud.autoconfigure.atlas", "io.uno.crud.autoconfigure.journal" })
	static class Application {

	}

}
