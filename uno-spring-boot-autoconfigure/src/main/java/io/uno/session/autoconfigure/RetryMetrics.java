package io.uno.session.autoconfigure;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.Retryable;

/**
 * Counts attempts at transactions by the SQLSTATE that they are made after, which are
 * few, and transactions that failed in spite of them. It counts by itself and is bound to
 * registries when Boot binds them.
 */
class RetryMetrics implements TransactionRetryListener, MeterBinder {

	private static final String NO_STATE = "none";

	private final Map<String, LongAdder> retries = new ConcurrentHashMap<>();

	private final LongAdder exhausted = new LongAdder();

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void beforeRetry(RetryPolicy policy, Retryable<?> transaction, RetryState state) {
		this.retries.computeIfAbsent(stateOf(state.getLastException()), this::register).increment();
	}

	@Override
	public void onRetryPolicyExhaustion(RetryPolicy policy, Retryable<?> transaction, RetryException failure) {
		if (policy.shouldRetry(failure.getLastException())) {
			this.exhausted.increment();
		}
	}

	@Override
	public void onRetryPolicyTimeout(RetryPolicy policy, Retryable<?> transaction, RetryException failure) {
		this.exhausted.increment();
	}

	@Override
	public void onRetryPolicyInterruption(RetryPolicy policy, Retryable<?> transaction, RetryException failure) {
		this.exhausted.increment();
	}

	private static String stateOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal && refusal.getSQLState() != null) {
				return refusal.getSQLState();
			}
		}
		return NO_STATE;
	}

	private LongAdder register(String state) {
		LongAdder count = new LongAdder();
		this.registries.forEach((registry) -> register(registry, state, count));
		return count;
	}

	private static void register(MeterRegistry registry, String state, LongAdder count) {
		FunctionCounter.builder("uno.session.retries", count, LongAdder::sum)
			.description("Further attempts at transactions that have failed")
			.tag("sqlstate", state)
			.register(registry);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		FunctionCounter.builder("uno.session.retries.exhausted", this.exhausted, LongAdder::sum)
			.description("Transactions that have failed in all the attempts that they were allowed")
			.register(registry);
		this.retries.forEach((state, count) -> register(registry, state, count));
	}

}
