package io.uno.routing;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.uno.datasource.Node;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicaRotationTests {

	@Property
	void eachReplicaTakesAsManyTurnsAsItsWeight(
			@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 9) Integer> weights) {
		List<Node> replicas = replicas(weights);
		ReplicaRotation rotation = new ReplicaRotation(replicas);
		int total = weights.stream().mapToInt(Integer::intValue).sum();
		Map<Node, Long> turns = IntStream.range(0, total)
			.mapToObj((turn) -> rotation.takeTurn().iterator().next())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		replicas.forEach((replica) -> assertThat(turns).containsEntry(replica, (long) replica.weight()));
	}

	@Property
	void everyTurnNamesAllReplicasOnce(
			@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 9) Integer> weights) {
		List<Node> replicas = replicas(weights);
		ReplicaRotation rotation = new ReplicaRotation(replicas);
		for (int turn = 0; turn < 12; turn++) {
			assertThat(rotation.takeTurn()).containsExactlyInAnyOrderElementsOf(replicas);
		}
	}

	@Test
	void heavyReplicaDoesNotTakeItsTurnsInARow() {
		ReplicaRotation rotation = new ReplicaRotation(replicas(List.of(2, 1, 1)));
		List<String> turns = IntStream.range(0, 4)
			.mapToObj((turn) -> rotation.takeTurn().iterator().next().name())
			.toList();
		assertThat(turns).containsExactly("r0", "r1", "r2", "r0");
	}

	private static List<Node> replicas(List<Integer> weights) {
		return IntStream.range(0, weights.size())
			.mapToObj((index) -> Node.replica("atlas", "r" + index, weights.get(index)))
			.toList();
	}

}
