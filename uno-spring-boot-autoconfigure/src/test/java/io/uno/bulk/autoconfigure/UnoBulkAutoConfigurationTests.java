package io.uno.bulk.autoconfigure;

import io.uno.bulk.BulkService;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
