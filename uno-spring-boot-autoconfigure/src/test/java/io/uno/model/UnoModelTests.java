package io.uno.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.uno.bulk.BulkService;
import io.uno.bulk.autoconfigure.UnoBulkAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.type.Ulid;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Hibernate;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.AuditorAware;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

@Tag("postgres")
class UnoModelTests {

	private static PostgresCluster cluster;

	private static ApplicationContextRunner runner;

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(0);
		runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
							HibernateJpaAutoConfiguration.class, UnoBulkAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + cluster.primary().jdbcUrl(),
					"spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password(), "spring.jpa.hibernate.ddl-auto=create",
					"spring.datasource.hikari.maximum-pool-size=2")
			.withUserConfiguration(Visits.class);
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void newEntityIsSavedByOneInsert() {
		runner.run((context) -> assertThatOneInsertSaves(context, new Visit("Zurich")));
	}

	@Test
	void newEntityWithAnIdIsSavedByOneInsertAndKeepsIt() {
		runner.run((context) -> {
			Ulid id = Ulid.next();
			Visit visit = new Visit(id, "Zurich");
			assertThatOneInsertSaves(context, visit);
			assertThat(visit.getId()).isEqualTo(id);
			assertThat(context.getBean(VisitRepository.class).findById(id)).contains(visit);
		});
	}

	@Test
	void newEntityThatHasBeenHashedIsSavedByOneInsertAndFoundAgain() {
		runner.run((context) -> {
			Visit visit = new Visit("Zurich");
			Set<Visit> visits = new HashSet<>(Set.of(visit));
			Ulid id = visit.getId();
			assertThatOneInsertSaves(context, visit);
			assertThat(visit.getId()).isNotNull().isEqualTo(id);
			assertThat(visits).contains(visit, context.getBean(VisitRepository.class).findById(id).orElseThrow());
		});
	}

	private static void assertThatOneInsertSaves(ApplicationContext context, Visit visit) {
		List<String> statements = context.getBean(Visits.class).statements;
		statements.clear();
		assertThat(context.getBean(VisitRepository.class).save(visit)).isSameAs(visit);
		assertThat(statements).hasSize(1).first().asString().startsWith("insert into visit");
	}

	@Test
	void idVersionAndTimesAreFilledAsTheyAreKept() {
		runner.run((context) -> {
			VisitRepository visits = context.getBean(VisitRepository.class);
			Visit visit = new Visit("Zurich");
			assertThat(visit.getId()).isNull();
			assertThat(visit.getVersion()).isNull();
			visits.save(visit);
			assertThat(visit.getVersion()).isZero();
			assertThat(visit.getCreatedAt()).isCloseTo(Instant.now(), within(Duration.ofSeconds(10)));
			assertThat(visit.getModifiedAt()).isBetween(visit.getCreatedAt(), visit.getCreatedAt().plusSeconds(1));
			Visit kept = visits.findById(visit.getId()).orElseThrow();
			assertThat(kept).isNotSameAs(visit).usingRecursiveComparison().isEqualTo(visit);
		});
	}

	@Test
	void idsAreKeptAsUuidsInTheOrderOfTheirMaking() {
		runner.run((context) -> {
			VisitRepository visits = context.getBean(VisitRepository.class);
			List<Visit> saved = visits.saveAll(IntStream.range(0, 50).mapToObj((i) -> new Visit("c" + i)).toList());
			List<?> cities = inTransaction(context,
					(entityManager) -> entityManager.createNativeQuery("select city from visit order by id")
						.getResultList());
			assertThat(cities).isEqualTo(saved.stream().map((visit) -> visit.city).toList());
			Object type = inTransaction(context,
					(entityManager) -> entityManager.createNativeQuery("select pg_typeof(id)::text from visit limit 1")
						.getSingleResult());
			assertThat(type).isEqualTo("uuid");
		});
	}

	@Test
	void auditorIsKeptByInsertAndUpdate() {
		runner.withUserConfiguration(Auditing.class).run((context) -> {
			VisitRepository visits = context.getBean(VisitRepository.class);
			Auditing auditing = context.getBean(Auditing.class);
			auditing.auditor = "ada";
			Visit created = visits.save(new Visit("Zurich"));
			assertThat(created.getCreatedBy()).isEqualTo("ada");
			assertThat(created.getModifiedBy()).isEqualTo("ada");
			auditing.auditor = "bob";
			Visit detached = visits.findById(created.getId()).orElseThrow();
			detached.city = "Bern";
			visits.save(detached);
			Visit changed = visits.findById(created.getId()).orElseThrow();
			assertThat(changed.getCreatedBy()).isEqualTo("ada");
			assertThat(changed.getModifiedBy()).isEqualTo("bob");
			auditing.auditor = null;
			changed.city = "Chur";
			visits.save(changed);
			Visit last = visits.findById(created.getId()).orElseThrow();
			assertThat(last.getCreatedBy()).isEqualTo("ada");
			assertThat(last.getModifiedBy()).isNull();
		});
	}

	@Test
	void auditorThatIsNoTextIsRefused() {
		runner.withUserConfiguration(Auditing.class).run((context) -> {
			context.getBean(Auditing.class).auditor = List.of();
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(VisitRepository.class).save(new Visit("Zurich")))
				.havingRootCause()
				.withMessage("The current auditor is a %s, and the columns that keep it are text: "
					.formatted(List.of().getClass().getName()) + "let AuditorAware return a String");
		});
	}

	@Test
	void nobodyIsKeptWithoutAnAuditorAwareBean() {
		runner.run((context) -> {
			Visit visit = context.getBean(VisitRepository.class).save(new Visit("Zurich"));
			assertThat(visit.getCreatedBy()).isNull();
			assertThat(visit.getModifiedBy()).isNull();
		});
	}

	@Test
	void updateRaisesTheVersionAndTheTimeOfModification() {
		runner.run((context) -> {
			VisitRepository visits = context.getBean(VisitRepository.class);
			Visit created = visits.save(new Visit("Zurich"));
			Visit detached = visits.findById(created.getId()).orElseThrow();
			detached.city = "Bern";
			visits.save(detached);
			Visit changed = visits.findById(created.getId()).orElseThrow();
			assertThat(changed.getVersion()).isEqualTo(1);
			assertThat(changed.getModifiedAt()).isAfter(created.getModifiedAt());
			assertThat(changed.getCreatedAt()).isEqualTo(created.getCreatedAt());
			visits.save(changed);
			assertThat(visits.findById(created.getId()).orElseThrow().getVersion()).isEqualTo(1);
		});
	}

	@Test
	void staleEntityIsNotSaved() {
		runner.run((context) -> {
			VisitRepository visits = context.getBean(VisitRepository.class);
			Visit created = visits.save(new Visit("Zurich"));
			Visit first = visits.findById(created.getId()).orElseThrow();
			Visit second = visits.findById(created.getId()).orElseThrow();
			first.city = "Bern";
			visits.save(first);
			second.city = "Chur";
			assertThatExceptionOfType(OptimisticLockingFailureException.class).isThrownBy(() -> visits.save(second));
			assertThat(visits.findById(created.getId()).orElseThrow().city).isEqualTo("Bern");
		});
	}

	@Test
	void equalsItsProxyWithoutItsRow() {
		runner.run((context) -> {
			Visit visit = context.getBean(VisitRepository.class).save(new Visit("Zurich"));
			Visit proxy = inTransaction(context,
					(entityManager) -> entityManager.getReference(Visit.class, visit.getId()));
			assertThat(visit.equals(proxy)).isTrue();
			assertThat(proxy.equals(visit)).isTrue();
			assertThat(proxy).hasSameHashCodeAs(visit);
			assertThat(Hibernate.isInitialized(proxy)).isFalse();
			Guide guide = new Guide(visit.getId());
			assertThat(guide.equals(proxy)).isFalse();
			assertThat(proxy.equals(guide)).isFalse();
		});
	}

	@Test
	void equalsOnlyWhatHasItsIdAndItsClass() {
		Visit visit = new Visit("Zurich");
		assertThat(visit).isEqualTo(visit).isNotEqualTo(new Visit("Zurich")).isNotEqualTo(null);
		Ulid id = Ulid.next();
		assertThat(new Visit(id, "Zurich")).isEqualTo(new Visit(id, "Bern"))
			.hasSameHashCodeAs(new Visit(id, "Bern"))
			.isNotEqualTo(new Guide(id))
			.isNotEqualTo(new Visit(Ulid.next(), "Zurich"));
	}

	@Test
	void statelessSessionFillsTheSame() {
		runner.withUserConfiguration(Auditing.class).run((context) -> {
			context.getBean(Auditing.class).auditor = 7L;
			Visit visit = new Visit("Zurich");
			context.getBean(EntityManagerFactory.class)
				.unwrap(SessionFactory.class)
				.inStatelessTransaction((session) -> session.insert(visit));
			assertThat(visit.getId()).isNotNull();
			assertThat(visit.getVersion()).isZero();
			assertThat(visit.getCreatedAt()).isNotNull();
			assertThat(context.getBean(VisitRepository.class).findById(visit.getId()).orElseThrow().getCreatedBy())
				.isEqualTo("7");
		});
	}

	@Test
	void bulkInsertFillsTheSame() {
		runner.withUserConfiguration(Auditing.class).run((context) -> {
			context.getBean(Auditing.class).auditor = "ada";
			Ulid id = Ulid.next();
			List<Visit> rows = new ArrayList<>(List.of(new Visit("Zurich"), new Visit(id, "Bern")));
			context.getBean(BulkService.class).insert(Visit.class).from(rows);
			VisitRepository visits = context.getBean(VisitRepository.class);
			assertThat(visits.findAll()).hasSize(2).allSatisfy((visit) -> {
				assertThat(visit.getVersion()).isZero();
				assertThat(visit.getCreatedAt()).isCloseTo(Instant.now(), within(Duration.ofSeconds(10)));
				assertThat(visit.getModifiedAt()).isCloseTo(Instant.now(), within(Duration.ofSeconds(10)));
				assertThat(visit.getCreatedBy()).isEqualTo("ada");
				assertThat(visit.getModifiedBy()).isEqualTo("ada");
				visit.city = visit.city.toUpperCase();
				assertThat(visits.save(visit).getVersion()).isEqualTo(1);
			});
			assertThat(visits.findById(id).orElseThrow().city).isEqualTo("BERN");
		});
	}

	private static <T> T inTransaction(ApplicationContext context, Function<EntityManager, T> work) {
		EntityManager entityManager = SharedEntityManagerCreator
			.createSharedEntityManager(context.getBean(EntityManagerFactory.class));
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
			.execute((status) -> work.apply(entityManager));
	}

	@Configuration
	@EntityScan(basePackageClasses = Visit.class)
	@EnableJpaRepositories(basePackageClasses = VisitRepository.class)
	static class Visits {

		final List<String> statements = new CopyOnWriteArrayList<>();

		@Bean
		HibernatePropertiesCustomizer statementInspector() {
			return (properties) -> properties.put("hibernate.session_factory.statement_inspector",
					(org.hibernate.resource.jdbc.spi.StatementInspector) (sql) -> {
						this.statements.add(sql);
						return sql;
					});
		}

	}

	@Configuration
	static class Auditing {

		Object auditor;

		@Bean
		AuditorAware<Object> auditorAware() {
			return () -> Optional.ofNullable(this.auditor);
		}

	}

}
