package io.uno.bulk.autoconfigure;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.uno.bulk.BulkService;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class UnoBulkAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				UnoBulkAutoConfiguration.class));

	@Test
	void providesABulkService() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(BulkService.class));
	}

	@Test
	void backsOffWithABulkServiceOfTheUser() {
		this.contextRunner.withUserConfiguration(CustomBulkService.class)
			.run((context) -> assertThat(context).getBean(BulkService.class)
				.isSameAs(context.getBean("customBulkService")));
	}

	@Test
	void backsOffWithoutAnEntityManagerFactory() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, UnoBulkAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(BulkService.class).hasNotFailed());
	}

	@Test
	void backsOffWithoutHibernate() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.hibernate"))
			.run((context) -> assertThat(context).doesNotHaveBean(BulkService.class).hasNotFailed());
	}

	@Test
	void worksWithoutTheDriverOfPostgres() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.postgresql"))
			.run((context) -> assertThat(context).hasSingleBean(BulkService.class)
				.hasSingleBean(EntityManagerFactory.class));
	}

	@Test
	void worksOnTheDataSourceOfTheEntityManagerFactoryBesideAnother() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class)
			.run((context) -> assertThatRowsAreInserted(context));
	}

	@Test
	void worksOnTheDataSourceOfTheEntityManagerFactoryBesideAPrimaryOne() {
		this.contextRunner.withUserConfiguration(TwoDataSources.class)
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor((beans) -> beans.getBeanDefinition("other").setPrimary(true)))
			.run((context) -> assertThatRowsAreInserted(context));
	}

	private static void assertThatRowsAreInserted(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed();
		TransactionTemplate transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		BulkService bulk = context.getBean(BulkService.class);
		JdbcTemplate jdbc = new JdbcTemplate(context.getBean("shop", DataSource.class));
		bulk.insert(Item.class).from(List.of(new Item(1)));
		transactions.executeWithoutResult((status) -> {
			bulk.insert(Item.class).from(List.of(new Item(2)));
			status.setRollbackOnly();
		});
		assertThat(jdbc.queryForList("select id from item", Long.class)).containsExactly(1L);
	}

	@Test
	void backsOffWithAnEntityManagerFactoryWithoutADataSource() {
		this.contextRunner.withUserConfiguration(OwnFactory.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanProvider(BulkService.class).getIfAvailable()).isNull();
		});
	}

	/**
	 * An application that configures its own persistence.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		DataSource other() {
			return new DriverManagerDataSource("jdbc:h2:mem:other;DB_CLOSE_DELAY=-1");
		}

		@Bean
		DataSource shop() {
			return new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
		}

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(@Qualifier("shop") DataSource shop) {
			LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
			factory.setDataSource(shop);
			factory.setManagedTypes(PersistenceManagedTypes.of(Item.class.getName()));
			factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
			factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create-drop"));
			return factory;
		}

		@Bean
		JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
			return new JpaTransactionManager(entityManagerFactory);
		}

	}

	/**
	 * An application whose factory Spring has not made.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		EntityManagerFactory entityManagerFactory() {
			return new HibernatePersistenceConfiguration("own").managedClass(Item.class)
				.jdbcUrl("jdbc:h2:mem:own")
				.createEntityManagerFactory();
		}

	}

	/**
	 * A row.
	 */
	@Entity(name = "Item")
	static class Item {

		@Id
		private long id;

		protected Item() {
		}

		Item(long id) {
			this.id = id;
		}

		long getId() {
			return this.id;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomBulkService {

		@Bean
		BulkService customBulkService() {
			return new OwnBulkService();
		}

	}

	/**
	 * Stands for an implementation that the application brings.
	 */
	static class OwnBulkService implements BulkService {

		@Override
		public <E> InsertSpec<E> insert(Class<E> type) {
			throw new UnsupportedOperationException("insert");
		}

		@Override
		public <E> UpsertSpec<E> upsert(Class<E> type) {
			throw new UnsupportedOperationException("upsert");
		}

	}

}
