package io.uno.routing.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.uno.routing.Access;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.routing.DatabaseRule;
import io.uno.routing.Fresh;
import io.uno.routing.Freshness;
import io.uno.routing.Route;
import io.uno.routing.RouteConflictException;
import io.uno.routing.RouteListener;
import io.uno.routing.RouteReason;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.UseDatabase;
import io.uno.routing.autoconfigure.atlas.MarkedPlaceRepository;
import io.uno.routing.autoconfigure.atlas.Place;
import io.uno.routing.autoconfigure.atlas.PlaceRepository;
import io.uno.routing.autoconfigure.journal.EntryRepository;
import io.uno.session.SessionTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UseDatabase} and {@link Fresh} on beans, and for the order of what
 * chooses a database.
 */
@Tag("postgres")
class RouteAnnotationsTests {

	private static RoutedApplication application;

	private final Journal journal = application.bean(Journal.class);

	private final Reports reports = application.bean(Reports.class);

	private final Statistics statistics = application.bean(Statistics.class);

	private final Rules rules = application.bean(Rules.class);

	private final RoutingTemplate routing = application.bean(RoutingTemplate.class);

	private final PlaceRepository places = application.bean(PlaceRepository.class);

	private final Last last = application.bean(Last.class);

	private final TransactionTemplate transaction = new TransactionTemplate(
			application.bean(PlatformTransactionManager.class));

	@BeforeAll
	static void start() {
		application = new RoutedApplication(List.of(Beans.class));
		new JdbcTemplate(application.journal().primary().dataSource())
			.execute("create table place (id bigint primary key, name text); create sequence place_seq increment 50");
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@AfterEach
	void nothingIsLeft() {
		this.rules.database = null;
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		assertThat(route()).isEqualTo("atlas by DEFAULT");
	}

	@Test
	void scopeWinsOverAnnotation() {
		assertThat(this.routing.on("atlas").call(this.journal::route)).isEqualTo("atlas by SCOPE");
		assertThat(this.routing.on("atlas").call(this.journal::inTransaction)).isEqualTo("atlas by SCOPE");
		assertThat(this.routing.on("atlas").call(this.journal::inNewTransaction)).isEqualTo("atlas by SCOPE");
	}

	@Test
	void scopeOfASessionWinsOverAnnotation() {
		String route = application.bean(SessionTemplate.class)
			.on("atlas")
			.write((session) -> this.journal.inTransaction());
		assertThat(route).isEqualTo("atlas by SCOPE");
	}

	@Test
	void annotationWinsOverEntity() {
		application.bean(EntryRepository.class).count();
		assertThat(this.last.described()).isEqualTo("journal by ENTITY");
		this.journal.run(() -> application.bean(EntryRepository.class).count());
		assertThat(this.last.described()).isEqualTo("journal by ANNOTATION");
	}

	@Test
	void entityWinsOverRule() {
		this.rules.database = "atlas";
		application.bean(EntryRepository.class).count();
		assertThat(this.last.described()).isEqualTo("journal by ENTITY");
	}

	@Test
	void ruleWinsOverDefault() {
		this.places.count();
		assertThat(this.last.described()).isEqualTo("atlas by DEFAULT");
		this.rules.database = "journal";
		this.places.findByName("Bern");
		assertThat(this.last.described()).isEqualTo("journal by RULE");
		this.transaction.executeWithoutResult((status) -> this.places.save(new Place("Bern")));
		assertThat(this.last.described()).isEqualTo("journal by RULE");
		assertThat(new JdbcTemplate(application.journal().primary().dataSource()).queryForList("select name from place",
				String.class))
			.containsExactly("Bern");
	}

	@Test
	void annotationWinsOverRule() {
		this.rules.database = "atlas";
		this.journal.run(this.places::count);
		assertThat(this.last.described()).isEqualTo("journal by ANNOTATION");
	}

	@Test
	void ruleIsToldOfEntityAccessAndCall() {
		this.rules.asked.clear();
		this.places.findByName("Bern");
		assertThat(this.rules.asked).first().satisfies((work) -> {
			assertThat(work.entity()).isEqualTo(Place.class);
			assertThat(work.access()).isEqualTo(Access.READ);
			assertThat(work.call()).isNotNull().returns("findByName", Method::getName);
		});
	}

	@Test
	void methodWinsOverClass() {
		assertThat(this.journal.elsewhere()).isEqualTo("atlas by ANNOTATION");
	}

	@Test
	void interfacesAndMetaAnnotationsCount() {
		assertThat(this.reports.route()).isEqualTo("journal by ANNOTATION");
	}

	@Test
	void joinedTransactionOfAnotherDatabaseIsRefused() {
		this.transaction.executeWithoutResult((status) -> {
			application.bean(JdbcTemplate.class).execute("select 1");
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(this.journal::route)
				.withMessageStartingWith("The running transaction works on database 'atlas' (node 'atlas.main')");
			assertThatExceptionOfType(RouteConflictException.class).isThrownBy(this.journal::inTransaction);
		});
	}

	@Test
	void newTransactionBeginsOnTheDatabaseOfTheAnnotation() {
		this.transaction.executeWithoutResult((status) -> {
			assertThat(route()).isEqualTo("atlas by DEFAULT");
			assertThat(this.journal.inNewTransaction()).isEqualTo("journal by ANNOTATION");
			assertThat(this.journal.withoutTransaction()).isEqualTo("journal by ANNOTATION");
			assertThat(route()).isEqualTo("atlas by DEFAULT");
		});
	}

	@Test
	void nestedCallsAreRestored() {
		String described = this.journal.call(() -> this.journal.elsewhere() + ", " + route());
		assertThat(described).isEqualTo("atlas by ANNOTATION, journal by ANNOTATION");
	}

	@Test
	void isRestoredOnException() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.journal.run(() -> {
			throw new IllegalStateException("fails");
		}));
		assertThat(route()).isEqualTo("atlas by DEFAULT");
	}

	@Test
	void latestReadsThePrimary() {
		assertThat(this.statistics.latest()).isEqualTo(RouteReason.LATEST);
		assertThat(this.statistics.any()).isEqualTo(RouteReason.REPLICA_IN_TURN);
	}

	@Test
	void boundIsDemanded() {
		assertThat(this.statistics.atMostTwoSeconds()).isEqualTo(RouteReason.REPLICA_IN_TURN);
	}

	@Test
	void methodsOfRepositoriesAreRoutedAsTheySay() {
		MarkedPlaceRepository marked = application.bean(MarkedPlaceRepository.class);
		marked.findByName("Bern");
		assertThat(this.last.route().reason()).isEqualTo(RouteReason.LATEST);
		marked.findByNameEndingWith("n");
		assertThat(this.last.route().reason()).isEqualTo(RouteReason.REPLICA_IN_TURN);
		marked.findByNameStartingWith("B");
		assertThat(this.last.described()).isEqualTo("journal by ANNOTATION");
		assertThatExceptionOfType(RouteConflictException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				route();
				marked.findByNameStartingWith("B");
			}));
	}

	@Test
	void unknownDatabaseFailsTheStart() {
		runner().withBean(Unknown.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("@UseDatabase of '" + Unknown.class.getName()
						+ ".work' names 'jurnal', but no database is called so; name one of default"));
	}

	@Test
	void garbageAsBoundFailsTheStart() {
		runner().withBean(Garbage.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("@Fresh of '" + Garbage.class.getName()
						+ ".work' has atMost = \"soon\", which is no duration above zero; give one such as \"2s\""));
	}

	@Test
	void boundBelowTheProbeIntervalFailsTheStart() {
		runner().withBean(Impatient.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("@Fresh of '" + Impatient.class.getName()
						+ ".work' allows a replica to be behind by '10ms', but replicas are asked each 1000ms at the most"));
	}

	@Test
	void missingBoundFailsTheStart() {
		runner().withBean(Boundless.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("@Fresh of '" + Boundless.class.getName()
						+ ".work' does not say by how much a replica may be behind"));
	}

	@Test
	void onlyWhatIsMarkedReadsFromReplicas() {
		runner().withPropertyValues("uno.reads.replicas=marked").withUserConfiguration(Reading.class).run((context) -> {
			assertThat(ShopRunner.readsFromReplica(context)).isFalse();
			assertThat(context.getBean(Statistics.class).any()).isEqualTo(RouteReason.REPLICA_IN_TURN);
			assertThat(context.getBean(Statistics.class).unmarked()).isEqualTo(RouteReason.NOT_MARKED);
		});
	}

	private static ApplicationContextRunner runner() {
		return ShopRunner.withReplica(application.atlas());
	}

	private static String route() {
		return application.bean(Router.class).route();
	}

	@Configuration(proxyBeanMethods = false)
	static class Reading {

		@Bean
		Last last() {
			return new Last();
		}

		@Bean
		Router router(JdbcTemplate jdbc, DatabaseClaims claims, Last last) {
			return new Router(jdbc, claims, last);
		}

		@Bean
		Statistics statistics(Router router) {
			return new Statistics(router);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Reading.class)
	static class Beans {

		@Bean
		Journal journal(Router router) {
			return new Journal(router);
		}

		@Bean
		Reports reports(Router router) {
			return router::route;
		}

		@Bean
		Rules rules() {
			return new Rules();
		}

	}

	static class Last implements RouteListener {

		private volatile @Nullable Route route;

		@Override
		public void routed(Route route) {
			this.route = route;
		}

		Route route() {
			return Optional.ofNullable(this.route).orElseThrow();
		}

		String described() {
			return describe(route());
		}

		static String describe(Route route) {
			return "%s by %s".formatted(route.database(), route.databaseReason());
		}

	}

	/**
	 * Sends a statement, and tells of its route.
	 */
	record Router(JdbcTemplate jdbc, DatabaseClaims claims, Last last) {

		String route() {
			return Last.describe(send());
		}

		Route send() {
			this.jdbc.execute("select 1");
			return this.claims.currentRoute().orElseGet(this.last::route);
		}

	}

	@UseDatabase("journal")
	static class Journal {

		private final Router router;

		Journal(Router router) {
			this.router = router;
		}

		public String route() {
			return this.router.route();
		}

		@Transactional
		public String inTransaction() {
			return this.router.route();
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		public String inNewTransaction() {
			return this.router.route();
		}

		@Transactional(propagation = Propagation.NOT_SUPPORTED)
		public String withoutTransaction() {
			return this.router.route();
		}

		@UseDatabase("atlas")
		public String elsewhere() {
			return this.router.route();
		}

		public void run(Runnable work) {
			work.run();
		}

		public <T> T call(Supplier<T> work) {
			return work.get();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@UseDatabase("journal")
	@interface OnJournal {

	}

	interface Reports {

		@OnJournal
		String route();

	}

	static class Statistics {

		private final Router router;

		Statistics(Router router) {
			this.router = router;
		}

		@Fresh(Freshness.Level.LATEST)
		@Transactional(readOnly = true)
		public RouteReason latest() {
			return this.router.send().reason();
		}

		@Fresh(Freshness.Level.ANY)
		@Transactional(readOnly = true)
		public RouteReason any() {
			return this.router.send().reason();
		}

		@Fresh(atMost = "2s")
		@Transactional(readOnly = true)
		public RouteReason atMostTwoSeconds() {
			return this.router.send().reason();
		}

		@Transactional(readOnly = true)
		public RouteReason unmarked() {
			return this.router.send().reason();
		}

	}

	/**
	 * Chooses for places alone.
	 */
	static class Rules implements DatabaseRule {

		private volatile @Nullable String database;

		private final List<Work> asked = new CopyOnWriteArrayList<>();

		@Override
		public @Nullable String databaseFor(Work work) {
			if (work.entity() != Place.class) {
				return null;
			}
			this.asked.add(work);
			return this.database;
		}

	}

	static class Unknown {

		@UseDatabase("jurnal")
		public void work() {
		}

	}

	static class Garbage {

		@Fresh(atMost = "soon")
		public void work() {
		}

	}

	static class Impatient {

		@Fresh(atMost = "10ms")
		public void work() {
		}

	}

	static class Boundless {

		@Fresh(Freshness.Level.AT_MOST)
		public void work() {
		}

	}

}
