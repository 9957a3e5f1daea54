package io.uno.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The times of each peer, one for each round.
 */
final class Measurements {

	private final Map<String, List<Double>> times = new LinkedHashMap<>();

	void add(String peer, double time) {
		this.times.computeIfAbsent(peer, (unknown) -> new ArrayList<>()).add(time);
	}

	/**
	 * Returns the time of a peer.
	 * @param peer name of the peer
	 * @return its time, in the unit of what was added
	 */
	Interval time(String peer) {
		return Interval.of(of(peer));
	}

	/**
	 * Compares the speed of a peer with that of another one, round by round: both times
	 * of a round were taken under the same conditions.
	 * @param peer name of the peer
	 * @param baseline name of the one it is compared with
	 * @return how many times as fast it is
	 */
	Interval speed(String peer, String baseline) {
		double[] ratios = of(baseline);
		double[] own = of(peer);
		for (int i = 0; i < ratios.length; i++) {
			ratios[i] /= own[i];
		}
		return Interval.of(ratios);
	}

	/**
	 * Compares the time of a peer with that of another one, round by round.
	 * @param peer name of the peer
	 * @param baseline name of the one it is compared with
	 * @return how much more time it takes, in the unit of what was added; negative when
	 * it takes less
	 */
	Interval difference(String peer, String baseline) {
		double[] differences = of(peer);
		double[] others = of(baseline);
		for (int i = 0; i < differences.length; i++) {
			differences[i] -= others[i];
		}
		return Interval.of(differences);
	}

	private double[] of(String peer) {
		List<Double> known = Objects.requireNonNull(this.times.get(peer),
				() -> "'%s' was not measured".formatted(peer));
		return known.stream().mapToDouble(Double::doubleValue).toArray();
	}

}
