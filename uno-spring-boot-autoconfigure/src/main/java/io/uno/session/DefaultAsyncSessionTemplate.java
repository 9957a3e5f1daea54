package io.uno.session;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.uno.routing.Freshness;
import org.jspecify.annotations.Nullable;

import org.springframework.util.concurrent.FutureUtils;

/**
 * Hands each call of a session template to an executor.
 */
final class DefaultAsyncSessionTemplate implements AsyncSessionTemplate {

	private final SessionTemplate sessions;

	private final Executor executor;

	DefaultAsyncSessionTemplate(SessionTemplate sessions, Executor executor) {
		this.sessions = sessions;
		this.executor = executor;
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
		return new DefaultAsyncSessionTemplate(refined, this.executor);
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> read(SessionCallback<T, ? extends Exception> work) {
		return this.<T>submit(() -> this.sessions.read(work));
	}

	@Override
	public CompletableFuture<@Nullable Void> readWithoutResult(SessionAction<? extends Exception> work) {
		return this.<@Nullable Void>submit(() -> {
			this.sessions.readWithoutResult(work);
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object> CompletableFuture<T> write(SessionCallback<T, ? extends Exception> work) {
		return this.<T>submit(() -> this.sessions.write(work));
	}

	@Override
	public CompletableFuture<@Nullable Void> writeWithoutResult(SessionAction<? extends Exception> work) {
		return this.<@Nullable Void>submit(() -> {
			this.sessions.writeWithoutResult(work);
			return null;
		});
	}

	@SuppressWarnings("NullAway") // Spring's method takes null for a result but does not
									// say so
	private <T extends @Nullable Object> CompletableFuture<T> submit(Callable<T> call) {
		return FutureUtils.callAsync(call, this.executor);
	}

}
