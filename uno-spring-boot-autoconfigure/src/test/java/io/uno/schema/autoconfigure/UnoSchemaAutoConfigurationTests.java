package io.uno.schema.autoconfigure;

import javax.sql.DataSource;

import io.uno.schema.Schema;
import io.uno.session.autoconfigure.Note;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the schema where it is all that uno adds: on Boot's own data source.
 */
class UnoSchemaAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, UnoSchemaAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "spring.jpa.hibernate.ddl-auto=none")
		.withUserConfiguration(Notes.class);

	@Test
	void providesTheSchemaOfTheApplicationsDatabase() {
		this.runner.run((context) -> {
			Schema schema = context.getBean("schema", Schema.class);
			assertThat(schema.emit())
				.isEqualTo("create table note (id bigint not null, text varchar(255), primary key (id));\n");
			schema.of(Note.class).apply();
			assertThat(JdbcClient.create(context.getBean(DataSource.class))
				.sql("select count(*) from note")
				.query(Long.class)
				.single()).isZero();
		});
	}

	@Test
	void backsOffForASchemaOfTheApplication() {
		this.runner.withUserConfiguration(OwnSchema.class)
			.run((context) -> assertThat(context).getBean(Schema.class).isSameAs(context.getBean("ownSchema")));
	}

	@Test
	void backsOffForAnythingElseOfThatName() {
		this.runner.withUserConfiguration(OtherSchema.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Schema.class));
	}

	@Test
	void backsOffWithoutAnEntityManagerFactory() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, UnoSchemaAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Schema.class));
	}

	@Test
	void backsOffWithoutHibernate() {
		this.runner.withClassLoader(new FilteredClassLoader("org.hibernate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Schema.class));
	}

	@Test
	void worksOnTheDataSourceOfTheEntityManagerFactoryBesideAnother() {
		this.runner.withUserConfiguration(TwoDataSources.class)
			.run(UnoSchemaAutoConfigurationTests::assertThatTheTableIsOfTheFactory);
	}

	@Test
	void worksOnTheDataSourceOfTheEntityManagerFactoryBesideAPrimaryOne() {
		this.runner.withUserConfiguration(TwoDataSources.class)
			.withInitializer((context) -> context
				.addBeanFactoryPostProcessor((beans) -> beans.getBeanDefinition("other").setPrimary(true)))
			.run(UnoSchemaAutoConfigurationTests::assertThatTheTableIsOfTheFactory);
	}

	private static void assertThatTheTableIsOfTheFactory(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed();
		context.getBean(Schema.class).of(Note.class).apply();
		assertThat(JdbcClient.create(context.getBean("atlas", DataSource.class))
			.sql("select count(*) from note")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void backsOffWithAnEntityManagerFactoryWithoutADataSource() {
		this.runner.withUserConfiguration(OwnFactory.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanProvider(Schema.class).getIfAvailable()).isNull();
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Note.class)
	static class Notes {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSchema {

		@Bean
		Schema ownSchema(EntityManagerFactory entityManagerFactory, DataSource dataSource,
				PlatformTransactionManager transactionManager) {
			return Schema.create(entityManagerFactory, dataSource, transactionManager);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherSchema {

		@Bean
		String schema() {
			return "public";
		}

	}

	/**
	 * An application that configures its own persistence.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		DataSource other() {
			return new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
		}

		@Bean
		DataSource atlas() {
			return new EmbeddedDatabaseBuilder().generateUniqueName(true).setType(EmbeddedDatabaseType.H2).build();
		}

		@Bean
		LocalContainerEntityManagerFactoryBean entityManagerFactory(@Qualifier("atlas") DataSource atlas) {
			LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
			factory.setDataSource(atlas);
			factory.setManagedTypes(PersistenceManagedTypes.of(Note.class.getName()));
			factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
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
			return new HibernatePersistenceConfiguration("own").managedClass(Note.class)
				.jdbcUrl("jdbc:h2:mem:own")
				.createEntityManagerFactory();
		}

		@Bean
		JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
			return new JpaTransactionManager(entityManagerFactory);
		}

	}

}
