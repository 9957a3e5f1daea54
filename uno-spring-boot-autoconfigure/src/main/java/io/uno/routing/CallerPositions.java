package io.uno.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Position;
import org.jspecify.annotations.Nullable;

/**
 * Up to where callers have written: those of a named scope, those that carry it with
 * them, and the application instance as a whole for everybody else.
 */
final class CallerPositions {

	/**
	 * How long a scope stays with its replica after it has read from it.
	 */
	private static final Duration MEMORY = Duration.ofMinutes(5);

	private final PositionStore store;

	private final Map<String, AtomicReference<@Nullable Position>> instance;

	private final ExpiringMap<PositionScope, LastReplicas> lastReplicas = new ExpiringMap<>(MEMORY);

	CallerPositions(Databases databases, PositionStore store) {
		this.store = store;
		this.instance = databases.all()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Database::name, (database) -> new AtomicReference<>()));
	}

	/**
	 * Where a scope has read last. Taking it keeps it for a while.
	 */
	LastReplicas lastReplicasOf(PositionScope scope) {
		LastReplicas known = this.lastReplicas.get(scope);
		LastReplicas last = (known != null) ? known : new LastReplicas();
		this.lastReplicas.put(scope, last);
		return last;
	}

	/**
	 * Up to where the caller has written, {@code null} if nothing is left to wait for.
	 */
	@Nullable Position pending(@Nullable RouteScope scope, String database) {
		if (scope != null && scope.positions() != null) {
			return this.store.get(scope.positions(), database);
		}
		if (scope != null && scope.carrier() != null) {
			return scope.carrier().get(database);
		}
		return ofInstance(database).get();
	}

	/**
	 * The instance is told of every write: work that nobody has named a scope for may
	 * have been caused by any of them.
	 */
	void wrote(@Nullable RouteScope scope, Position position) {
		ofInstance(position.database()).accumulateAndGet(position, (known,
				written) -> (known == null || Objects.requireNonNull(written).isAfter(known)) ? written : known);
		if (scope != null && scope.positions() != null) {
			this.store.advance(scope.positions(), position);
		}
		if (scope != null && scope.carrier() != null) {
			scope.carrier().advance(position);
		}
	}

	void forget(@Nullable RouteScope scope, Position position) {
		if (scope != null && scope.positions() != null) {
			this.store.forget(scope.positions(), position);
		}
		else if (scope != null && scope.carrier() != null) {
			scope.carrier().forget(position);
		}
		else {
			ofInstance(position.database())
				.updateAndGet((known) -> (known == null || known.isAfter(position)) ? known : null);
		}
	}

	AtomicReference<@Nullable Position> ofInstance(String database) {
		return Objects.requireNonNull(this.instance.get(database));
	}

}
