package io.uno.event.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.event.AttributeChange;
import io.uno.event.EntityCreated;
import io.uno.event.EntityDeleted;
import io.uno.event.EntityUpdated;
import io.uno.event.TransactionBegan;
import io.uno.event.TransactionCommitted;
import io.uno.event.TransactionEventPublisher;
import io.uno.event.TransactionRolledBack;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("postgres")
class UnoEventAutoConfigurationTests {

	private static PostgresCluster cluster;

	private static ApplicationContextRunner runner;

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(0);
		runner = runnerOn(cluster).withPropertyValues("spring.jpa.hibernate.ddl-auto=create",
				"spring.datasource.hikari.maximum-pool-size=1", "spring.datasource.hikari.connection-timeout=1000");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	private static ApplicationContextRunner runnerOn(PostgresCluster cluster) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
					TransactionManagerCustomizationAutoConfiguration.class, TransactionAutoConfiguration.class,
					HibernateJpaAutoConfiguration.class, UnoEventAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + cluster.primary().jdbcUrl(),
					"spring.datasource.username=" + cluster.username(),
					"spring.datasource.password=" + cluster.password())
			.withUserConfiguration(Cities.class);
	}

	@Test
	void listenersGetTheEntitiesOfTheirClass() {
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			City zurich = new City(1, "Zurich");
			inTransaction(context, (entityManager) -> {
				entityManager.persist(new Country(1, "CH"));
				entityManager.persist(zurich);
				entityManager.flush();
				assertThat(recorder.events).containsExactly(new EntityCreated<>(zurich));
				assertThat(recorder.committed).isEmpty();
			});
			assertThat(recorder.events).hasSize(1);
			assertThat(recorder.committed).containsExactly(new EntityCreated<>(zurich));
		});
	}

	@Test
	void whatIsRolledBackIsNotTold() {
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			assertThatIllegalStateException().isThrownBy(() -> inTransaction(context, (entityManager) -> {
				entityManager.persist(new City(1, "Zurich"));
				entityManager.flush();
				throw new IllegalStateException("no");
			}));
			assertThat(recorder.events).hasSize(1);
			assertThat(recorder.committed).isEmpty();
		});
	}

	@Test
	void updateTellsOldAndNewValues() {
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			Country country = new Country(1, "CH");
			inTransaction(context, (entityManager) -> {
				entityManager.persist(country);
				entityManager.persist(new City(1, "Zurich"));
			});
			recorder.events.clear();
			inTransaction(context, (entityManager) -> {
				City city = entityManager.find(City.class, 1L);
				city.name = "Zuri";
				city.country = entityManager.find(Country.class, 1L);
				city.aliases = new ArrayList<>(List.of("Turicum"));
			});
			assertThat(recorder.committed).hasSize(2);
			assertThat(recorder.events).singleElement().isInstanceOfSatisfying(EntityUpdated.class, (updated) -> {
				assertThat(((City) updated.entity()).name).isEqualTo("Zuri");
				Map<String, AttributeChange> changes = ((EntityUpdated<?>) updated).changes();
				assertThat(changes).containsOnlyKeys("version", "name", "country")
					.containsEntry("version", new AttributeChange(0, 1))
					.containsEntry("name", new AttributeChange("Zurich", "Zuri"));
				assertThat(changes.get("country").oldValue()).isNull();
				assertThat(changes.get("country").newValue()).isInstanceOf(Country.class);
			});
		});
	}

	@Test
	void changesAreNotKnownInAStatelessSession() {
		runner.run((context) -> {
			City city = new City(1, "Zurich");
			SessionFactory sessions = context.getBean(EntityManagerFactory.class).unwrap(SessionFactory.class);
			sessions.inStatelessTransaction((session) -> session.insert(city));
			city.name = "Zuri";
			sessions.inStatelessTransaction((session) -> session.update(city));
			assertThat(context.getBean(Recorder.class).events).containsExactly(new EntityCreated<>(city),
					new EntityUpdated<>(city, Map.of()));
		});
	}

	@Test
	void deletionIsTold() {
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			inTransaction(context, (entityManager) -> entityManager.persist(new City(1, "Zurich")));
			recorder.events.clear();
			inTransaction(context, (entityManager) -> entityManager.remove(entityManager.find(City.class, 1L)));
			assertThat(recorder.events).singleElement()
				.isInstanceOfSatisfying(EntityDeleted.class,
						(deleted) -> assertThat(((City) deleted.entity()).name).isEqualTo("Zurich"));
		});
	}

	@Test
	void listenerThatThrowsRollsBack() {
		runner.run((context) -> {
			context.getBean(Recorder.class).refused = EntityCreated.class;
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(
						() -> inTransaction(context, (entityManager) -> entityManager.persist(new City(1, "Zurich"))))
				.havingRootCause()
				.withMessage("refused");
			assertThat(context.getBean(Recorder.class).committed).isEmpty();
			inTransaction(context, (entityManager) -> assertThat(entityManager.find(City.class, 1L)).isNull());
		});
	}

	@Test
	void transactionsAreTold() {
		runner.run((context) -> {
			TransactionTemplate transactions = transactions(context);
			transactions.setName("rename");
			transactions.executeWithoutResult((status) -> {
			});
			transactions.setName(null);
			transactions.setReadOnly(true);
			transactions.executeWithoutResult((status) -> status.setRollbackOnly());
			assertThat(context.getBean(Recorder.class).transactions).containsExactly(
					new TransactionBegan("rename", false), new TransactionCommitted("rename", false, null),
					new TransactionBegan(null, true), new TransactionRolledBack(null, true, null));
		});
	}

	@Test
	void transactionThatIsJoinedIsToldOnce() {
		runner.run((context) -> {
			TransactionTemplate transactions = transactions(context);
			transactions.executeWithoutResult((status) -> transactions.executeWithoutResult((inner) -> {
			}));
			TransactionTemplate supporting = transactions(context);
			supporting.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);
			supporting.executeWithoutResult((status) -> {
			});
			assertThat(context.getBean(Recorder.class).transactions).containsExactly(new TransactionBegan(null, false),
					new TransactionCommitted(null, false, null));
		});
	}

	@Test
	void commitThatTheDatabaseRefusesIsToldAsRolledBack() {
		runner.run((context) -> {
			assertThatExceptionOfType(DataIntegrityViolationException.class)
				.isThrownBy(() -> inTransaction(context, (entityManager) -> {
					entityManager.persist(new Country(1, "CH"));
					entityManager.persist(new Country(2, "CH"));
				}));
			assertThat(context.getBean(Recorder.class).transactions).containsExactly(new TransactionBegan(null, false),
					new TransactionRolledBack(null, false, null));
		});
	}

	@Test
	void listenerThatThrowsAtTheBeginRollsBackAndLeavesNothingOpen() {
		runner.run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			recorder.refused = TransactionBegan.class;
			assertThatIllegalStateException()
				.isThrownBy(
						() -> inTransaction(context, (entityManager) -> entityManager.persist(new City(1, "Zurich"))))
				.withMessage("refused");
			recorder.refused = null;
			assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections()).isZero();
			inTransaction(context, (entityManager) -> assertThat(entityManager.find(City.class, 1L)).isNull());
			assertThat(recorder.transactions).startsWith(new TransactionRolledBack(null, false, null));
		});
	}

	@Test
	void databaseOfTheTransactionIsTold() {
		try (PostgresCluster replicated = PostgresCluster.shared(1)) {
			runnerOn(replicated).withPropertyValues("uno.replicas.east.url=" + replicated.replicas().get(0).jdbcUrl())
				.run((context) -> {
					inTransaction(context,
							(entityManager) -> entityManager.createNativeQuery("select 1").getSingleResult());
					assertThat(context.getBean(Recorder.class).transactions).containsExactly(
							new TransactionBegan(null, false), new TransactionCommitted(null, false, "default"));
				});
		}
	}

	@Test
	void transactionsAreToldWithoutHibernate() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					TransactionManagerCustomizationAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
					UnoEventAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.hibernate"))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:events")
			.withUserConfiguration(Recorder.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(TransactionEventPublisher.class)
					.doesNotHaveBean(HibernatePropertiesCustomizer.class);
				TransactionTemplate savepoint = transactions(context);
				savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
				transactions(context).executeWithoutResult(
						(status) -> savepoint.executeWithoutResult((nested) -> nested.setRollbackOnly()));
				assertThat(context.getBean(Recorder.class).transactions)
					.containsExactly(new TransactionBegan(null, false), new TransactionCommitted(null, false, null));
			});
	}

	@Test
	void backsOffWithoutTransactions() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(UnoEventAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("transactionEventPublisher"));
	}

	private static void inTransaction(ApplicationContext context, Consumer<EntityManager> work) {
		EntityManager entityManager = SharedEntityManagerCreator
			.createSharedEntityManager(context.getBean(EntityManagerFactory.class));
		transactions(context).executeWithoutResult((status) -> work.accept(entityManager));
	}

	private static TransactionTemplate transactions(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = City.class)
	@Import(Recorder.class)
	static class Cities {

	}

	static class Recorder {

		final List<Object> events = new ArrayList<>();

		final List<Object> committed = new ArrayList<>();

		final List<Object> transactions = new ArrayList<>();

		Class<?> refused;

		@EventListener
		void on(EntityCreated<City> created) {
			keep(this.events, created);
		}

		@EventListener
		void on(EntityUpdated<City> updated) {
			keep(this.events, updated);
		}

		@EventListener
		void on(EntityDeleted<City> deleted) {
			keep(this.events, deleted);
		}

		@TransactionalEventListener
		void committed(EntityCreated<City> created) {
			keep(this.committed, created);
		}

		@TransactionalEventListener
		void committed(EntityUpdated<City> updated) {
			keep(this.committed, updated);
		}

		@EventListener({ TransactionBegan.class, TransactionCommitted.class, TransactionRolledBack.class })
		void on(Record transaction) {
			keep(this.transactions, transaction);
		}

		private void keep(List<Object> list, Object event) {
			if (event.getClass() == this.refused) {
				throw new IllegalStateException("refused");
			}
			list.add(event);
		}

	}

}
