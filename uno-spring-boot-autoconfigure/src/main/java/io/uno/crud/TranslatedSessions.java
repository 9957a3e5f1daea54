package io.uno.crud;

import io.uno.session.SessionCallback;
import io.uno.session.SessionTemplate;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;

/**
 * Runs work in sessions, and has its failures be those of Spring's hierarchy.
 */
final class TranslatedSessions {

	private final SessionTemplate sessions;

	private final PersistenceExceptionTranslator translator = new HibernateJpaDialect();

	TranslatedSessions(SessionTemplate sessions) {
		this.sessions = sessions;
	}

	<T extends @Nullable Object> T read(SessionCallback<T, RuntimeException> work) {
		try {
			return this.sessions.read(work);
		}
		catch (RuntimeException ex) {
			throw DataAccessUtils.translateIfNecessary(ex, this.translator);
		}
	}

	<T extends @Nullable Object> T write(SessionCallback<T, RuntimeException> work) {
		try {
			return this.sessions.write(work);
		}
		catch (RuntimeException ex) {
			throw DataAccessUtils.translateIfNecessary(ex, this.translator);
		}
	}

}
