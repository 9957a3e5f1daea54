package io.uno.routing.autoconfigure;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.JdbcDatabaseTransactionManager;
import io.uno.routing.JpaDatabaseTransactionManager;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.jdbc.autoconfigure.JdbcProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Registers a data source, a client and a transaction manager for each declared database,
 * beside those of the default database that everybody means who names none. Registered as
 * no candidates at all, they are invisible to Boot's conditions;
 * {@link DatabaseQualifierPostProcessor} then opens them to whoever names the database.
 */
class DatabaseAccessRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		registry.registerBean("databaseQualifierPostProcessor", DatabaseQualifierPostProcessor.class,
				(spec) -> spec.infrastructure().supplier((context) -> new DatabaseQualifierPostProcessor(environment)));
		boolean translating = environment.getProperty("spring.dao.exceptiontranslation.enabled", Boolean.class, true);
		for (DatabaseDeclaration database : DatabaseDeclarations.from(environment).getDatabases()) {
			register(registry, database.name(), translating);
		}
	}

	private static void register(BeanRegistry registry, String database, boolean translating) {
		registry.registerBean(database + ".dataSource", DataSource.class,
				(spec) -> spec.description("Database '%s'".formatted(database))
					.notAutowirable()
					.lazyInit()
					.supplier((context) -> dataSource(context, database)));
		registry.registerBean(database + ".jdbcClient", JdbcClient.class,
				(spec) -> spec.description("Client of database '%s'".formatted(database))
					.notAutowirable()
					.lazyInit()
					.supplier((context) -> jdbcClient(context, database)));
		registry.registerBean(database + ".transactionManager", PlatformTransactionManager.class,
				(spec) -> spec.description("Transactions on database '%s'".formatted(database))
					.notAutowirable()
					.lazyInit()
					.supplier((context) -> transactionManager(context, database, translating)));
	}

	private static DataSource dataSource(SupplierContext context, String database) {
		return context.bean(DatabaseClaims.class).fix(database, routingDataSource(context));
	}

	private static DataSource routingDataSource(SupplierContext context) {
		return context.bean(RoutingBeanRegistrar.DATA_SOURCE, DataSource.class);
	}

	/**
	 * Configured as Boot configures its own.
	 */
	private static JdbcClient jdbcClient(SupplierContext context, String database) {
		JdbcTemplate template = new JdbcTemplate(context.bean(database + ".dataSource", DataSource.class));
		context.beanProvider(JdbcProperties.class).ifAvailable((properties) -> apply(properties, template));
		context.beanProvider(SQLExceptionTranslator.class).ifUnique(template::setExceptionTranslator);
		return JdbcClient.create(template);
	}

	private static void apply(JdbcProperties properties, JdbcTemplate template) {
		JdbcProperties.Template settings = properties.getTemplate();
		template.setIgnoreWarnings(settings.isIgnoreWarnings());
		template.setFetchSize(settings.getFetchSize());
		template.setMaxRows(settings.getMaxRows());
		if (settings.getQueryTimeout() != null) {
			template.setQueryTimeout((int) settings.getQueryTimeout().getSeconds());
		}
		template.setSkipResultsProcessing(settings.isSkipResultsProcessing());
		template.setSkipUndeclaredResults(settings.isSkipUndeclaredResults());
		template.setResultsMapCaseInsensitive(settings.isResultsMapCaseInsensitive());
	}

	private static PlatformTransactionManager transactionManager(SupplierContext context, String database,
			boolean translating) {
		DatabaseClaims claims = context.bean(DatabaseClaims.class);
		PlatformTransactionManager manager = isJpaPresent() ? JpaTransactions.createIfUsed(context, database, claims)
				: null;
		if (manager == null) {
			manager = jdbcTransactionManager(context, database, claims, translating);
		}
		customize(context, manager);
		return manager;
	}

	private static JdbcDatabaseTransactionManager jdbcTransactionManager(SupplierContext context, String database,
			DatabaseClaims claims, boolean translating) {
		JdbcDatabaseTransactionManager manager = new JdbcDatabaseTransactionManager(database, claims,
				routingDataSource(context));
		if (!translating) {
			manager.setExceptionTranslator((task, sql, ex) -> null);
		}
		return manager;
	}

	/**
	 * With what Boot's own manager is customized.
	 */
	private static void customize(SupplierContext context, PlatformTransactionManager manager) {
		context.beanProvider(TransactionManagerCustomizers.class)
			.ifAvailable((customizers) -> customizers.customize(manager));
	}

	private static boolean isJpaPresent() {
		return ClassUtils.isPresent("jakarta.persistence.EntityManagerFactory", null)
				&& ClassUtils.isPresent("org.springframework.orm.jpa.JpaTransactionManager", null);
	}

	/**
	 * Loaded only where JPA is there.
	 */
	private static final class JpaTransactions {

		static @Nullable PlatformTransactionManager createIfUsed(SupplierContext context, String database,
				DatabaseClaims claims) {
			EntityManagerFactory factory = context.beanProvider(EntityManagerFactory.class).getIfAvailable();
			return (factory != null) ? new JpaDatabaseTransactionManager(database, claims, factory) : null;
		}

	}

}
