package io.uno.routing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.uno.datasource.Node;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicaTurnsTests {

	@Property
	void eachReplicaTakesTurnsInProportionToItsWeight(
			@ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 9) Integer> weights) {
		int[] turns = ReplicaTurns.layOut(replicas(weights));
		int total = weights.stream().mapToInt(Integer::intValue).sum();
		for (int replica = 0; replica < weights.size(); replica++) {
			assertThat(count(turns, replica) * total).isEqualTo((long) weights.get(replica) * turns.length);
		}
	}

	@Test
	void heavyReplicaDoesNotTakeItsTurnsInARow() {
		assertThat(ReplicaTurns.layOut(replicas(List.of(2, 1, 1)))).containsExactly(0, 1, 2, 0);
	}

	@Test
	void evenWeightsMakeOneTurnEach() {
		assertThat(ReplicaTurns.layOut(replicas(List.of(1000, 1000)))).containsExactly(0, 1);
	}

	private static long count(int[] turns, int replica) {
		return Arrays.stream(turns).filter((turn) -> turn == replica).count();
	}

	private static List<Node> replicas(List<Integer> weights) {
		return IntStream.range(0, weights.size())
			.mapToObj((index) -> Node.replica("atlas", "r" + index, weights.get(index)))
			.toList();
	}

}
