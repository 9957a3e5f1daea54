package io.uno.schema.autoconfigure;

import javax.sql.DataSource;

import io.uno.schema.Schema;
import io.uno.session.autoconfigure.Note;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
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

}
