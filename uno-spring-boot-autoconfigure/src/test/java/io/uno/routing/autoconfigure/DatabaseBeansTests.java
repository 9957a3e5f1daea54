package io.uno.routing.autoconfigure;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.RouteConflictException;
import io.uno.routing.JdbcDatabaseTransactionManager;
import io.uno.routing.JpaDatabaseTransactionManager;
import io.uno.session.SessionTemplate;
import io.uno.session.autoconfigure.UnoSessionAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which beans there are for each declared database, beside Boot's own.
 */
class DatabaseBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class,
						DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
						TransactionManagerCustomizationAutoConfiguration.class, TransactionAutoConfiguration.class,
						JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
						HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class))
		.withPropertyValues("uno.default-database=atlas", "uno.databases.atlas.url=jdbc:h2:mem:beans-atlas",
				"uno.databases.journal.url=jdbc:h2:mem:beans-journal", "spring.jdbc.template.max-rows=1",
				"spring.transaction.default-timeout=42s");

	private final ApplicationContextRunner withoutJpa = this.runner
		.withClassLoader(new FilteredClassLoader("jakarta.persistence", "org.hibernate", "org.springframework.orm"));

	@Test
	void bootsOwnBeansStayTheDefaultOnes() {
		this.runner.run((context) -> {
			assertThat(context.getBean(TransactionManager.class)).isSameAs(context.getBean("transactionManager"))
				.isExactlyInstanceOf(JpaTransactionManager.class);
			assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("dataSource"));
			assertThat(context.getBean(JdbcClient.class)).isSameAs(context.getBean("jdbcClient"));
			assertThat(context.getBean(SessionTemplate.class)).isSameAs(context.getBean("sessionTemplate"));
			assertThat(context).hasBean("jdbcTemplate").hasSingleBean(TransactionTemplate.class);
		});
	}

	@Test
	void eachDatabaseHasItsOwn() {
		this.runner.run((context) -> {
			assertThat(context.getBeanNamesForType(DataSource.class)).containsExactlyInAnyOrder("dataSource",
					"atlas.main", "journal.main", "atlas.dataSource", "journal.dataSource");
			assertThat(context.getBeanNamesForType(JdbcClient.class)).containsExactlyInAnyOrder("jdbcClient",
					"atlas.jdbcClient", "journal.jdbcClient");
			assertThat(context.getBeanNamesForType(SessionTemplate.class)).containsExactlyInAnyOrder("sessionTemplate",
					"atlas.sessions", "journal.sessions");
			assertThat(named(context, "atlas", PlatformTransactionManager.class))
				.isInstanceOf(JpaDatabaseTransactionManager.class)
				.isSameAs(context.getBean("atlas.transactionManager"));
		});
	}

	@Test
	void oneDatabaseOfBootsHasNoneOfThem() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, UnoSessionAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:h2:mem:beans-one")
			.run((context) -> assertThat(context.getBeanNamesForType(DataSource.class)).containsExactly("dataSource"));
	}

	@Test
	void clientIsConfiguredAsBootsOwn() {
		this.runner.run((context) -> assertThat(
				named(context, "journal", JdbcClient.class).sql("select x from system_range(1, 5)")
					.query()
					.listOfRows())
			.hasSize(1));
	}

	@Test
	void transactionsAreJdbcsWithoutJpa() {
		this.withoutJpa.run((context) -> {
			assertThat(context.getBean(TransactionManager.class)).isExactlyInstanceOf(JdbcTransactionManager.class);
			assertThat(named(context, "journal", PlatformTransactionManager.class))
				.isInstanceOfSatisfying(JdbcDatabaseTransactionManager.class, (manager) -> {
					assertThat(manager.getDatabase()).isEqualTo("journal");
					assertThat(manager.getDefaultTimeout()).isEqualTo(42);
				});
			assertThat(context.getBeanNamesForType(SessionTemplate.class)).isEmpty();
		});
	}

	@Test
	void transactionsWithoutJpaWorkOnTheirDatabase() {
		this.withoutJpa.run((context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			JdbcClient journal = named(context, "journal", JdbcClient.class);
			transaction(context, "journal").executeWithoutResult((status) -> {
				jdbc.execute("create table if not exists line (text varchar)");
				jdbc.update("insert into line values ('noted')");
				assertThat(journal.sql("select count(*) from line").query(Long.class).single()).isOne();
				status.setRollbackOnly();
			});
			assertThat(databaseOf(jdbc)).isEqualTo("BEANS-ATLAS");
			String inside = transaction(context, "journal").execute((status) -> databaseOf(jdbc));
			assertThat(inside).isEqualTo("BEANS-JOURNAL");
		});
	}

	@Test
	void transactionsWithoutJpaRefuseASecondDatabase() {
		this.withoutJpa.run((context) -> {
			TransactionTemplate journal = transaction(context, "journal");
			TransactionTemplate nested = transaction(context, "journal");
			nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
			transaction(context, "atlas").executeWithoutResult((status) -> {
				assertThatExceptionOfType(RouteConflictException.class)
					.isThrownBy(() -> journal.executeWithoutResult((inner) -> {
					}));
				assertThatExceptionOfType(RouteConflictException.class)
					.isThrownBy(() -> nested.executeWithoutResult((inner) -> {
					}));
			});
			nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			transaction(context, "atlas").executeWithoutResult((status) -> {
				assertThat(databaseOf(jdbc)).isEqualTo("BEANS-ATLAS");
				assertThat(nested.<String>execute((inner) -> databaseOf(jdbc))).isEqualTo("BEANS-JOURNAL");
				assertThat(databaseOf(jdbc)).isEqualTo("BEANS-ATLAS");
			});
		});
	}

	@Test
	void anotherTransactionManagerOfTheDatabasesNameIsRefused() {
		this.runner.withUserConfiguration(OwnTransactionManager.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new ConflictingTransactionManagerFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo(
					"Transaction manager 'journal' is called or qualified 'journal', which is a database of 'uno.databases.journal': "
							+ "@Transactional(\"journal\") could mean either.");
			assertThat(analysis.getAction()).isEqualTo("""
					One of these:
					    - Remove bean 'journal': 'uno.databases.journal' brings a transaction manager for the database.
					    - Give bean 'journal' another name and qualifier.
					    - Choose another name for the database.""");
		});
	}

	@Test
	void anyOtherBeanMayHaveTheDatabasesName() {
		this.runner.withBean("journal", String.class, () -> "mine").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(named(context, "journal", PlatformTransactionManager.class)).isNotNull();
		});
	}

	@Test
	void dataSourceThatTheApplicationQualifiesKeepsItsQualifier() {
		this.runner.withUserConfiguration(OwnDataSource.class).run((context) -> {
			assertThat(context.getBean(Holder.class).dataSource()).isInstanceOf(SimpleDriverDataSource.class);
			assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("dataSource"));
			assertThat(context).hasBean("journal.dataSource");
		});
	}

	private static <T> T named(ApplicationContext context, String database, Class<T> type) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(), type, database);
	}

	private static TransactionTemplate transaction(ApplicationContext context, String database) {
		return new TransactionTemplate(named(context, database, PlatformTransactionManager.class));
	}

	private static String databaseOf(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select upper(database())", String.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTransactionManager {

		@Bean
		PlatformTransactionManager journal() {
			return new JdbcTransactionManager(new SimpleDriverDataSource());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean(defaultCandidate = false)
		@Qualifier("journal")
		DataSource migrations() {
			return new SimpleDriverDataSource();
		}

		@Bean
		Holder holder(@Qualifier("journal") DataSource dataSource) {
			return new Holder(dataSource);
		}

	}

	record Holder(DataSource dataSource) {

	}

}
