package io.uno.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.uno.datasource.Node;

/**
 * The order in which a database's replicas take their turns: each as often as its weight
 * says, and a heavy one not several times in a row while others wait. Nginx's smooth
 * weighted round-robin, laid out once so that taking a turn is one atomic increment.
 */
final class ReplicaRotation {

	private final List<Node> turns;

	private final AtomicInteger next = new AtomicInteger();

	ReplicaRotation(List<Node> replicas) {
		this.turns = layOut(replicas);
	}

	private static List<Node> layOut(List<Node> replicas) {
		int total = replicas.stream().mapToInt(Node::weight).sum();
		Map<Node, Integer> credit = new LinkedHashMap<>();
		replicas.forEach((replica) -> credit.put(replica, 0));
		List<Node> turns = new ArrayList<>(total);
		for (int turn = 0; turn < total; turn++) {
			credit.replaceAll((replica, value) -> value + replica.weight());
			Node chosen = Collections.max(credit.entrySet(), Map.Entry.comparingByValue(Comparator.naturalOrder()))
				.getKey();
			credit.merge(chosen, -total, Integer::sum);
			turns.add(chosen);
		}
		return List.copyOf(turns);
	}

	/**
	 * All replicas, each once, beginning with the one whose turn it is.
	 */
	Iterable<Node> takeTurn() {
		if (this.turns.size() <= 1) {
			return this.turns;
		}
		int start = Math.floorMod(this.next.getAndIncrement(), this.turns.size());
		List<Node> order = new ArrayList<>(this.turns.subList(start, this.turns.size()));
		order.addAll(this.turns.subList(0, start));
		return order.stream().distinct().toList();
	}

}
