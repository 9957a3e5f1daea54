package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.uno.datasource.Node;
import io.uno.routing.Access;
import io.uno.routing.DatabaseReason;
import io.uno.routing.Route;
import io.uno.routing.RouteReason;
import io.uno.routing.autoconfigure.RecentRoutes.RecentRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentRoutesTests {

	private final RecentRoutes routes = new RecentRoutes();

	@Test
	void hasNoneAtFirst() {
		assertThat(this.routes.newestFirst()).isEmpty();
	}

	@Test
	void keepsTheLastOnesNewestFirst() {
		IntStream.rangeClosed(1, 25).mapToObj(RecentRoutesTests::routeTo).forEach(this.routes::routed);
		assertThat(this.routes.newestFirst()).extracting(RecentRoute::route)
			.containsExactlyElementsOf(
					IntStream.iterate(25, (i) -> i - 1).limit(20).mapToObj(RecentRoutesTests::routeTo).toList());
	}

	@Test
	void keepsTheLastOnesOfManyThreads() {
		Runnable work = () -> IntStream.range(0, 10_000).mapToObj(RecentRoutesTests::routeTo).forEach((route) -> {
			this.routes.routed(route);
			assertThat(this.routes.newestFirst()).hasSizeBetween(1, RecentRoutes.CAPACITY).doesNotContainNull();
		});
		CompletableFuture
			.allOf(Stream.generate(() -> CompletableFuture.runAsync(work)).limit(4).toArray(CompletableFuture[]::new))
			.join();
		List<Long> numbers = this.routes.newestFirst().stream().map(RecentRoute::number).toList();
		assertThat(numbers).hasSize(RecentRoutes.CAPACITY)
			.doesNotHaveDuplicates()
			.contains(39_999L)
			.isSubsetOf(LongStream.range(0, 40_000).boxed().toList());
	}

	private static Route routeTo(int number) {
		return new Route(Node.replica("atlas", "replica-" + number, 1), Access.READ, RouteReason.REPLICA_IN_TURN,
				DatabaseReason.DEFAULT);
	}

}
