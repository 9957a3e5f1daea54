package io.uno.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/**
 * Watches how much of the heap is in use before and after each garbage collection. Before
 * one it is at its highest, garbage included; what is left after one is the best that can
 * be known of what is really held. Safe for use by many threads.
 */
final class HeapWatch {

	private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getType() == MemoryType.HEAP)
		.map(MemoryPoolMXBean::getName)
		.collect(Collectors.toUnmodifiableSet());

	private final AtomicLong peakUsed = new AtomicLong();

	private final AtomicLong peakHeld = new AtomicLong();

	private HeapWatch() {
	}

	static HeapWatch start() {
		HeapWatch watch = new HeapWatch();
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			((NotificationEmitter) collector)
				.addNotificationListener((notification, unused) -> watch.accept(notification), null, null);
		}
		return watch;
	}

	private void accept(Notification notification) {
		if (!GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
			return;
		}
		var collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()).getGcInfo();
		this.peakUsed.accumulateAndGet(used(collection.getMemoryUsageBeforeGc()), Math::max);
		this.peakHeld.accumulateAndGet(used(collection.getMemoryUsageAfterGc()), Math::max);
	}

	private long used(Map<String, MemoryUsage> pools) {
		return pools.entrySet()
			.stream()
			.filter((pool) -> this.heapPools.contains(pool.getKey()))
			.mapToLong((pool) -> pool.getValue().getUsed())
			.sum();
	}

	/**
	 * Returns the most that was in use at any time.
	 * @return bytes, garbage included
	 */
	long peakUsed() {
		return Math.max(this.peakUsed.get(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
	}

	/**
	 * Returns the most that a garbage collection left.
	 * @return bytes, 0 when there was none
	 */
	long peakHeld() {
		return this.peakHeld.get();
	}

}
