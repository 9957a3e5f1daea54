package io.uno.session;

import org.hibernate.Session;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The template for stateless sessions over Spring's transactions.
 */
final class DefaultStatelessSessionTemplate extends AbstractTransactionalTemplate<StatelessSessionTemplate>
		implements StatelessSessionTemplate {

	DefaultStatelessSessionTemplate(TransactionResources resources, TransactionSettings settings) {
		super(resources, settings, "StatelessSessionTemplate");
	}

	@Override
	StatelessSessionTemplate with(TransactionResources resources, TransactionSettings settings) {
		return new DefaultStatelessSessionTemplate(resources, settings);
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T read(TransactionWork<StatelessSession, T, X> work)
			throws X {
		return transactions().<T, X>read((session) -> joined(session, work));
	}

	@Override
	public <X extends Exception> void readWithoutResult(TransactionAction<StatelessSession, X> work) throws X {
		this.<@Nullable Void, X>read((session) -> {
			work.doInTransaction(session);
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T write(TransactionWork<StatelessSession, T, X> work)
			throws X {
		return transactions().<T, X>write((session) -> joined(session, work));
	}

	@Override
	public <X extends Exception> void writeWithoutResult(TransactionAction<StatelessSession, X> work) throws X {
		this.<@Nullable Void, X>write((session) -> {
			work.doInTransaction(session);
			return null;
		});
	}

	private static <T extends @Nullable Object, X extends Exception> T joined(Session around,
			TransactionWork<StatelessSession, T, X> work) throws X {
		sendPending(around);
		JoinedSession<StatelessSession> joined = JoinedSession.stateless(around);
		boolean finished = false;
		try {
			T result = work.doInTransaction(joined.session());
			joined.finish();
			finished = true;
			return result;
		}
		finally {
			if (!finished) {
				joined.undone();
			}
		}
	}

	/**
	 * Sends what the session of the transaction has not sent yet, which plain SQL would
	 * not see otherwise.
	 */
	static void sendPending(Session around) {
		if (!TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			around.flush();
		}
	}

}
