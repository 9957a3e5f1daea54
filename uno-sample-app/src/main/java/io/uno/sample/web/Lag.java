package io.uno.sample.web;

import java.time.Duration;
import java.util.Locale;

import io.uno.datasource.Node;
import io.uno.datasource.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * How far a server is behind its primary.
 *
 * @param time the time that it lags by, {@code null} where that is not known
 */
record Lag(@Nullable Duration time) {

	static Lag of(Node node, NodeState state) {
		return node.replica() ? new Lag(state.lag()) : none();
	}

	/**
	 * The lag of a primary, which is not behind itself.
	 */
	static Lag none() {
		return new Lag(Duration.ZERO);
	}

	@Override
	public String toString() {
		if (this.time == null) {
			return "unknown";
		}
		return (this.time.toSeconds() < 10) ? this.time.toMillis() + " ms"
				: String.format(Locale.ROOT, "%,d s", this.time.toSeconds());
	}

}
