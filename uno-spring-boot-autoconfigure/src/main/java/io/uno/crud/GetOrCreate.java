package io.uno.crud;

import java.util.List;
import java.util.Optional;

import io.uno.crud.Saved.Outcome;
import io.uno.query.EntityQuery;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.ConstraintViolationException.ConstraintKind;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads the entity of a key or inserts it, and reads once more where another transaction
 * was faster: the server makes an insert of the same key wait for that transaction, and
 * refuses it when that has committed.
 *
 * @param <T> type of the entity
 */
final class GetOrCreate<T> {

	private final EntityAccess<T> access;

	private final KeyFilter<T> filter;

	private final TranslatedSessions sessions;

	GetOrCreate(EntityAccess<T> access, TranslatedSessions sessions) {
		this.access = access;
		this.filter = new KeyFilter<>(access);
		this.sessions = sessions;
	}

	Saved<T> run(T entity, String... uniqueKey) {
		List<String> key = (uniqueKey.length > 0) ? List.of(uniqueKey) : new MappedKeys(this.access).single();
		return TransactionSynchronizationManager.isActualTransactionActive() ? joined(entity, key) : alone(entity, key);
	}

	/**
	 * A transaction of this call's own is just rolled back when the insert has failed,
	 * and the row read in another one, on the primary as well.
	 */
	private Saved<T> alone(T entity, List<String> key) {
		try {
			return this.sessions.write((session) -> existing(session, entity, key).orElseGet(() -> {
				new SeparateSession(session).insert(entity);
				return new Saved<>(entity, Outcome.INSERTED);
			}));
		}
		catch (RuntimeException ex) {
			if (!isDuplicate(ex)) {
				throw ex;
			}
			return this.sessions.write((session) -> existing(session, entity, key)).orElseThrow(() -> ex);
		}
	}

	private Saved<T> joined(T entity, List<String> key) {
		return this.sessions
			.write((session) -> existing(session, entity, key).orElseGet(() -> insertOrGet(session, entity, key)));
	}

	private Saved<T> insertOrGet(Session session, T entity, List<String> key) {
		// what the entity refers to may still wait for its insert
		session.flush();
		try {
			new SeparateSession(session).insertWithinSavepoint(entity);
		}
		catch (RuntimeException ex) {
			if (!isDuplicate(ex)) {
				throw ex;
			}
			return existing(session, entity, key).orElseThrow(() -> ex);
		}
		return new Saved<>(this.access.getRowOf(session, entity), Outcome.INSERTED);
	}

	private Optional<Saved<T>> existing(Session session, T entity, List<String> key) {
		return EntityQuery.of(this.filter.of(session, entity, key))
			.optional(session)
			.map((found) -> new Saved<>(found, Outcome.EXISTING));
	}

	private static boolean isDuplicate(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConstraintViolationException violation) {
				return violation.getKind() == ConstraintKind.UNIQUE;
			}
		}
		return false;
	}

}
