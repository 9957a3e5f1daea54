package io.uno.session;

import java.util.concurrent.CompletableFuture;

import io.uno.routing.Freshness;
import io.uno.routing.RunningStatements;
import org.jspecify.annotations.Nullable;

/**
 * Hands each call of a session template to an executor.
 */
final class DefaultAsyncSessionTemplate implements AsyncSessionTemplate {

	private final SessionTemplate sessions;

	private final Submission submission;

	DefaultAsyncSessionTemplate(SessionTemplate sessions, Submission submission) {
		this.sessions = sessions;
		this.submission = submission;
	}

	@Override
	public AsyncSessionTemplate on(String database) {
		return with(this.sessions.on(database));
	}

	@Override
	public AsyncSessionTemplate freshness(Freshness freshness) {
		return with(this.sessions.freshness(freshness));
	}

	@Override
	public AsyncSessionTemplate asRole(String role) {
		return with(this.sessions.asRole(role));
	}

	@Override
	public AsyncSessionTemplate asTenant(Object tenant) {
		return with(this.sessions.asTenant(tenant));
	}

	@Override
	public AsyncSessionTemplate asUser(String user) {
		return with(this.sessions.asUser(user));
	}

	@Override
	public AsyncSessionTemplate retry(int attempts) {
		return with(this.sessions.retry(attempts));
	}

	private AsyncSessionTemplate with(SessionTemplate refined) {
		return refined.async();
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> read(SessionCallback<T, ? extends Exception> work) {
		return this.<T>submit((future) -> this.sessions.read((session) -> future.run(session, work)));
	}

	@Override
	public CompletableFuture<@Nullable Void> readWithoutResult(SessionAction<? extends Exception> work) {
		return this.<@Nullable Void>read((session) -> {
			work.doInSession(session);
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> write(SessionCallback<T, ? extends Exception> work) {
		return this.<T>submit((future) -> this.sessions.write((session) -> future.run(session, work)));
	}

	@Override
	public CompletableFuture<@Nullable Void> writeWithoutResult(SessionAction<? extends Exception> work) {
		return this.<@Nullable Void>write((session) -> {
			work.doInSession(session);
			return null;
		});
	}

	private <T extends @Nullable Object> CompletableFuture<T> submit(SessionFuture.Work<T> work) {
		SessionFuture<T> future = new SessionFuture<>();
		this.submission.submit(() -> future.complete(work), future.statements());
		return future;
	}

	/**
	 * Hands work to another thread.
	 */
	@FunctionalInterface
	interface Submission {

		void submit(Runnable work, RunningStatements statements);

	}

}
