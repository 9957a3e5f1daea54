package io.uno.routing;

import java.time.Duration;

import io.uno.datasource.Position;
import org.jspecify.annotations.Nullable;

/**
 * Keeps positions in memory, for a time.
 */
final class InMemoryPositionStore implements PositionStore {

	private final ExpiringMap<Key, Position> positions;

	InMemoryPositionStore(Duration timeToLive) {
		this.positions = new ExpiringMap<>(timeToLive);
	}

	@Override
	public @Nullable Position get(PositionScope scope, String database) {
		return this.positions.get(new Key(scope, database));
	}

	@Override
	public void advance(PositionScope scope, Position position) {
		this.positions.merge(new Key(scope, position.database()), position,
				(known, written) -> written.isAfter(known) ? written : known);
	}

	@Override
	public void forget(PositionScope scope, Position position) {
		this.positions.removeIf(new Key(scope, position.database()), (known) -> !known.isAfter(position));
	}

	private record Key(PositionScope scope, String database) {
	}

}
