package io.uno.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Date;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Work between a savepoint of the running transaction and its release. It has a session
 * of its own, which everything in this thread shares meanwhile, as the one of the
 * transaction would keep what has been undone, and could not go on after an exception.
 *
 * @param entityManagerFactory the factory of the sessions
 * @param undo whether to go back to the savepoint in any case
 */
record NestedTransaction(EntityManagerFactory entityManagerFactory, boolean undo) {

	<T extends @Nullable Object> T run(Session around, boolean readOnly, TemplateTransactions.SessionWork<T> work)
			throws Exception {
		if (!readOnly) {
			around.flush();
		}
		Point point = Point.set(JoinedSession.connectionOf(around));
		JoinedSession<Session> nested = JoinedSession.stateful(around);
		T result;
		try {
			result = bound(nested.session(), work);
			if (nested.session().getTransaction().getRollbackOnly()) {
				throw new UnexpectedRollbackException(
						"What takes part in the nested transaction has marked it to be rolled back");
			}
			end(nested, readOnly);
		}
		catch (Throwable ex) {
			undo(around, point, nested, ex);
			throw ex;
		}
		if (this.undo) {
			point.goBack();
		}
		point.release();
		return result;
	}

	private void end(JoinedSession<Session> nested, boolean readOnly) {
		if (this.undo) {
			if (!readOnly) {
				nested.session().flush();
			}
			nested.undone();
		}
		else {
			nested.finish();
		}
	}

	private static void undo(Session around, Point point, JoinedSession<Session> nested, Throwable failure) {
		try {
			if (nested.session().isOpen()) {
				nested.undone();
			}
			point.goBack();
			point.release();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
			// whoever catches the failure must not go on
			around.getTransaction().setRollbackOnly();
		}
	}

	/**
	 * Repositories and whatever else asks for the session of the transaction have this
	 * one as long as the work runs.
	 */
	private <T extends @Nullable Object> T bound(Session nested, TemplateTransactions.SessionWork<T> work)
			throws Exception {
		Object around = TransactionSynchronizationManager.unbindResource(this.entityManagerFactory);
		TransactionSynchronizationManager.bindResource(this.entityManagerFactory, new Holder(nested, around));
		try {
			return work.run(nested);
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.entityManagerFactory);
			TransactionSynchronizationManager.bindResource(this.entityManagerFactory, around);
		}
	}

	/**
	 * Looks to Spring like the session of a running transaction.
	 */
	private static final class Holder extends EntityManagerHolder {

		Holder(Session session, Object around) {
			super(session);
			setTransactionActive(true);
			setSynchronizedWithTransaction(true);
			Date deadline = (around instanceof ResourceHolderSupport holder) ? holder.getDeadline() : null;
			if (deadline != null) {
				setTimeoutInMillis(Math.max(1, deadline.getTime() - System.currentTimeMillis()));
			}
		}

	}

	/**
	 * A savepoint.
	 *
	 * @param connection where it was set
	 * @param savepoint what JDBC knows it by
	 */
	private record Point(Connection connection, Savepoint savepoint) {

		static Point set(Connection connection) {
			try {
				return new Point(connection, connection.setSavepoint());
			}
			catch (SQLException ex) {
				throw new TransactionSystemException("The savepoint of a nested transaction can't be set", ex);
			}
		}

		void goBack() {
			try {
				this.connection.rollback(this.savepoint);
			}
			catch (SQLException ex) {
				throw new TransactionSystemException(
						"The savepoint of a nested transaction can't be gone back to, nor the surrounding one go on",
						ex);
			}
		}

		void release() {
			try {
				this.connection.releaseSavepoint(this.savepoint);
			}
			catch (SQLException ex) {
				throw new TransactionSystemException("The savepoint of a nested transaction can't be released", ex);
			}
		}

	}

}
