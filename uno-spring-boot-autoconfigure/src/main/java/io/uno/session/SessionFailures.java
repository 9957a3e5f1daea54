package io.uno.session;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/**
 * Has failures of sessions be those of Spring's hierarchy.
 *
 * @param translator knows what Hibernate throws
 */
record SessionFailures(PersistenceExceptionTranslator translator) {

	/**
	 * By the dialect that the factory's transactions are translated by.
	 */
	static SessionFailures of(EntityManagerFactory factory) {
		JpaDialect dialect = (factory instanceof EntityManagerFactoryInfo info) ? info.getJpaDialect() : null;
		return new SessionFailures((dialect != null) ? dialect : new HibernateJpaDialect());
	}

	/**
	 * What the work throws by itself is left as it is, though Spring would translate some
	 * of it too.
	 */
	RuntimeException translate(RuntimeException failure) {
		return (failure instanceof PersistenceException)
				? DataAccessUtils.translateIfNecessary(failure, this.translator) : failure;
	}

}
