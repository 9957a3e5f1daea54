package io.uno.datasource;

import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabasesTests {

	private final Database atlas = database("atlas", "java.util");

	private final Database journal = database("journal", "java.util.concurrent");

	private final Databases databases = new Databases(List.of(this.atlas, this.journal), "journal");

	@Test
	void nearestClaimOfAPackageOwnsAType() {
		assertThat(this.databases.ownerOf(List.class)).isEqualTo(this.atlas);
		assertThat(this.databases.ownerOf(Future.class)).isEqualTo(this.journal);
		assertThat(this.databases.ownerOf(LongAdder.class)).isEqualTo(this.journal);
	}

	@Test
	void typeThatNobodyClaimsBelongsToTheDefaultDatabase() {
		assertThat(this.databases.ownerOf(String.class)).isEqualTo(this.journal);
		assertThat(new Databases(List.of(this.atlas), "atlas").ownerOf(String.class)).isEqualTo(this.atlas);
	}

	@Test
	void unknownNameIsRefusedWithTheKnownNames() {
		assertThatExceptionOfType(UnknownDatabaseException.class).isThrownBy(() -> this.databases.get("jurnal"))
			.withMessage(
					"No database is called 'jurnal'; name one of atlas, journal, or declare 'uno.databases.jurnal.url'")
			.satisfies((ex) -> assertThat(ex.getKnown()).containsExactly("atlas", "journal"));
	}

	@Test
	void packageClaimedTwiceIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Databases(List.of(this.atlas, database("copy", "java.util")), "atlas"))
			.withMessage("Package 'java.util' is claimed by the databases 'atlas' and 'copy'");
	}

	@Test
	void nodesAreListedFromTheMainOne() {
		Node east = Node.replica("atlas", "east", 2);
		Database replicated = new Database("atlas", Node.main("atlas"), List.of(east), List.of(), List.of());
		assertThat(replicated.nodes()).extracting(Node::id).containsExactly("atlas.main", "atlas.east");
	}

	@Test
	void weightBelowOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Node.replica("atlas", "east", 0))
			.withMessage("Weight 0 of node 'atlas.east' must be at least 1");
	}

	private static Database database(String name, String packageName) {
		return new Database(name, Node.main(name), List.of(), List.of(packageName), List.of());
	}

}
