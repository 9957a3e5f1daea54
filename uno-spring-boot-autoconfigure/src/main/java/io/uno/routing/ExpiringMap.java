package io.uno.routing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A map that forgets what has not been written for a time. What has expired is looked for
 * once in that time, by whoever writes then.
 */
final class ExpiringMap<K, V> {

	private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

	private final long timeToLive;

	private final AtomicLong nextSweep;

	ExpiringMap(Duration timeToLive) {
		Assert.isTrue(timeToLive.toNanos() > 0, () -> "Time to live %s must be positive".formatted(timeToLive));
		this.timeToLive = timeToLive.toNanos();
		this.nextSweep = new AtomicLong(System.nanoTime() + this.timeToLive);
	}

	@Nullable V get(K key) {
		Entry<V> entry = this.entries.get(key);
		return (entry != null && !isExpired(entry, System.nanoTime())) ? entry.value() : null;
	}

	void put(K key, V value) {
		merge(key, value, (before, after) -> after);
	}

	void merge(K key, V value, BinaryOperator<V> merging) {
		long now = System.nanoTime();
		sweep(now);
		this.entries.compute(key, (same, entry) -> new Entry<>(
				(entry != null && !isExpired(entry, now)) ? merging.apply(entry.value(), value) : value, now));
	}

	void removeIf(K key, Predicate<V> condition) {
		this.entries.computeIfPresent(key, (same, entry) -> condition.test(entry.value()) ? null : entry);
	}

	int size() {
		return this.entries.size();
	}

	private void sweep(long now) {
		long due = this.nextSweep.get();
		if (now - due >= 0 && this.nextSweep.compareAndSet(due, now + this.timeToLive)) {
			this.entries.values().removeIf((entry) -> isExpired(entry, now));
		}
	}

	private boolean isExpired(Entry<V> entry, long now) {
		return now - entry.written() >= this.timeToLive;
	}

	private record Entry<V>(V value, long written) {
	}

}
