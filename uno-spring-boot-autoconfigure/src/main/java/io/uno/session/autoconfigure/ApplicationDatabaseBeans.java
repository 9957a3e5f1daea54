package io.uno.session.autoconfigure;

import java.util.Map;

import javax.sql.DataSource;

import io.uno.session.AsyncSessionTemplate;
import io.uno.session.ConnectionTemplate;
import io.uno.session.DatabaseFactory.DatabaseBeans;
import io.uno.session.SessionTemplate;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.Assert;

/**
 * Finds what works on a database among the application's beans: those that are called
 * after the database where databases are declared, else those that everybody means.
 */
final class ApplicationDatabaseBeans implements DatabaseBeans {

	private static final Map<Class<?>, Kind> KINDS = Map.of(DataSource.class,
			new Kind("dataSource", "data source", "org.springframework.boot:spring-boot-starter-jdbc"),
			JdbcClient.class, new Kind("jdbcClient", "JdbcClient", "org.springframework.boot:spring-boot-starter-jdbc"),
			PlatformTransactionManager.class,
			new Kind("transactionManager", "transaction manager", "org.springframework.boot:spring-boot-starter-jdbc"),
			ConnectionTemplate.class,
			new Kind("connections", "connection template", "org.springframework.boot:spring-boot-starter-jdbc"),
			SessionTemplate.class,
			new Kind("sessions", "session template", "org.springframework.boot:spring-boot-starter-data-jpa"),
			AsyncSessionTemplate.class,
			new Kind("asyncSessions", "session template", "org.springframework.boot:spring-boot-starter-data-jpa"));

	private final BeanFactory beanFactory;

	private final boolean managed;

	ApplicationDatabaseBeans(BeanFactory beanFactory, boolean managed) {
		this.beanFactory = beanFactory;
		this.managed = managed;
	}

	@Override
	public <T> T find(String database, Class<T> type) {
		Kind kind = KINDS.get(type);
		Assert.state(kind != null, () -> "Nothing of type %s belongs to a database".formatted(type.getName()));
		try {
			return this.managed ? this.beanFactory.getBean(database + "." + kind.bean(), type) : findOnly(type);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new IllegalStateException("Database '%s' has no %s: %s; is the dependency '%s' missing?"
				.formatted(database, kind.description(), ex.getMessage(), kind.dependency()), ex);
		}
	}

	/**
	 * Asynchronous sessions have no bean of their own there.
	 */
	private <T> T findOnly(Class<T> type) {
		return (type == AsyncSessionTemplate.class) ? type.cast(this.beanFactory.getBean(SessionTemplate.class).async())
				: this.beanFactory.getBean(type);
	}

	/**
	 * What can be found.
	 *
	 * @param bean second part of the names of such beans
	 * @param description what it is in words
	 * @param dependency what brings it
	 */
	private record Kind(String bean, String description, String dependency) {

	}

}
