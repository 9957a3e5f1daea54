package io.uno.routing;

import java.util.HashMap;
import java.util.Map;

import io.uno.datasource.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryPolicy;

/**
 * What has been asked for around the work of a thread. Immutable, but for the memory of
 * which nodes it has read from.
 *
 * @param choice the database, {@code null} if none was named
 * @param freshness what reads demand, {@code null} if nothing was said
 * @param positions whose own writes are meant, {@code null} if nobody was named
 * @param carrier carries the caller's positions, {@code null} if nobody does
 * @param after positions by database that replicas must have reached
 * @param lastReplicas where the scope has read last, {@code null} if any replica will do
 * @param connecting how a connection is asked for again that can't be had, {@code null}
 * if it is not
 * @param acting on whose behalf transactions act
 */
record RouteScope(@Nullable DatabaseChoice choice, @Nullable Freshness freshness, @Nullable PositionScope positions,
		@Nullable PositionCarrier carrier, Map<String, Position> after, @Nullable LastReplicas lastReplicas,
		@Nullable RetryPolicy connecting, ActingScope acting) {

	private static final RouteScope EMPTY = new RouteScope(null, null, null, null, Map.of(), null, null,
			ActingScope.NOBODY);

	static RouteScope orEmpty(@Nullable RouteScope scope) {
		return (scope != null) ? scope : EMPTY;
	}

	RouteScope with(DatabaseChoice changed) {
		return new RouteScope(changed, this.freshness, this.positions, this.carrier, this.after, this.lastReplicas,
				this.connecting, this.acting);
	}

	RouteScope with(Freshness changed) {
		return new RouteScope(this.choice, changed, this.positions, this.carrier, this.after, this.lastReplicas,
				this.connecting, this.acting);
	}

	RouteScope with(PositionScope changed, LastReplicas last) {
		return new RouteScope(this.choice, this.freshness, changed, this.carrier, this.after, last, this.connecting,
				this.acting);
	}

	RouteScope with(PositionCarrier changed, LastReplicas last) {
		return new RouteScope(this.choice, this.freshness, this.positions, changed, this.after, last, this.connecting,
				this.acting);
	}

	RouteScope with(ActingScope changed) {
		return new RouteScope(this.choice, this.freshness, this.positions, this.carrier, this.after, this.lastReplicas,
				this.connecting, changed);
	}

	RouteScope with(RetryPolicy changed) {
		return new RouteScope(this.choice, this.freshness, this.positions, this.carrier, this.after, this.lastReplicas,
				changed, this.acting);
	}

	RouteScope after(Position position) {
		Map<String, Position> positions = new HashMap<>(this.after);
		positions.merge(position.database(), position, (one, other) -> one.isAfter(other) ? one : other);
		return new RouteScope(this.choice, this.freshness, this.positions, this.carrier, Map.copyOf(positions),
				this.lastReplicas, this.connecting, this.acting);
	}

}
