package io.uno.routing;

import java.util.Arrays;
import java.util.List;

import io.uno.datasource.Node;

/**
 * The order in which a database's replicas take their turns: each as often as its weight
 * says, and a heavy one not several times in a row while others wait. Nginx's smooth
 * weighted round-robin, laid out once so that taking a turn is one atomic increment.
 */
final class ReplicaTurns {

	private ReplicaTurns() {
	}

	/**
	 * The replicas' indexes, each as often as its weight says.
	 */
	static int[] layOut(List<Node> replicas) {
		int divisor = replicas.stream().mapToInt(Node::weight).reduce(0, ReplicaTurns::greatestCommonDivisor);
		int[] weights = replicas.stream().mapToInt((replica) -> replica.weight() / divisor).toArray();
		int[] credit = new int[weights.length];
		int total = Arrays.stream(weights).sum();
		int[] turns = new int[total];
		for (int turn = 0; turn < total; turn++) {
			turns[turn] = takeTurn(weights, credit, total);
		}
		return turns;
	}

	private static int greatestCommonDivisor(int one, int other) {
		return (other == 0) ? one : greatestCommonDivisor(other, one % other);
	}

	private static int takeTurn(int[] weights, int[] credit, int total) {
		int chosen = 0;
		for (int i = 0; i < weights.length; i++) {
			credit[i] += weights[i];
			if (credit[i] > credit[chosen]) {
				chosen = i;
			}
		}
		credit[chosen] -= total;
		return chosen;
	}

}
