package io.uno.session;

import org.jspecify.annotations.Nullable;

/**
 * The template over Spring's transactions.
 */
final class DefaultSessionTemplate extends AbstractTransactionalTemplate<SessionTemplate> implements SessionTemplate {

	DefaultSessionTemplate(TransactionResources resources, TransactionSettings settings) {
		super(resources, settings, "SessionTemplate");
	}

	@Override
	SessionTemplate with(TransactionResources resources, TransactionSettings settings) {
		return new DefaultSessionTemplate(resources, settings);
	}

	@Override
	public StatelessSessionTemplate stateless() {
		return new DefaultStatelessSessionTemplate(resources(), settings());
	}

	@Override
	public JdbcClientTemplate jdbc() {
		return new DefaultJdbcClientTemplate(resources(), settings());
	}

	@Override
	public AsyncSessionTemplate async() {
		return new DefaultAsyncSessionTemplate(this,
				(work, statements) -> resources().executor().execute(work, settings().claim().database(), statements));
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T read(SessionCallback<T, X> work) throws X {
		return transactions().<T, X>read(work::doInSession);
	}

	@Override
	public <X extends Exception> void readWithoutResult(SessionAction<X> work) throws X {
		transactions().<@Nullable Void, X>read((session) -> {
			work.doInSession(session);
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T write(SessionCallback<T, X> work) throws X {
		return transactions().<T, X>write(work::doInSession);
	}

	@Override
	public <X extends Exception> void writeWithoutResult(SessionAction<X> work) throws X {
		transactions().<@Nullable Void, X>write((session) -> {
			work.doInSession(session);
			return null;
		});
	}

}
