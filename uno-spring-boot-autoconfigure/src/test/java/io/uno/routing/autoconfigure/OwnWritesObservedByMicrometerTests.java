package io.uno.routing.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@ObservedBy(Observer.MICROMETER)
class OwnWritesObservedByMicrometerTests extends OwnWritesTests {

	@Test
	void observerSeesEachStatementOnce() {
		SeenStatements seen = application().bean(SeenStatements.class);
		seen.clear();
		readAfterAWriteSeesItOnAReplica();
		assertThat(seen.all()).hasSize(100);
	}

	@AfterEach
	void observerHasSeenTheApplicationOnly() {
		SeenStatements seen = application().bean(SeenStatements.class);
		assertThat(seen.ofUno()).isEmpty();
		seen.clear();
	}

}
