package io.uno.routing.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@ObservedBy(Observer.MICROMETER)
class RoutingObservedByMicrometerTests extends RoutingTests {

	@Test
	void observerSeesEachStatementOnce() {
		SeenStatements seen = application().bean(SeenStatements.class);
		seen.clear();
		secondConnectionOfATransactionGoesTheSameWay();
		assertThat(seen.all()).hasSize(4).containsOnly("select inet_server_port()");
	}

	@AfterEach
	void observerHasSeenTheApplicationOnly() {
		SeenStatements seen = application().bean(SeenStatements.class);
		assertThat(seen.ofUno()).isEmpty();
		seen.clear();
	}

}
