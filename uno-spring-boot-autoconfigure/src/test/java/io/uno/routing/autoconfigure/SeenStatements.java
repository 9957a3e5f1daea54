package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The statements that an {@link Observer} sees.
 */
class SeenStatements {

	private static final List<String> OF_UNO = List.of("txid_current_if_assigned", "pg_current_wal", "pg_last_wal",
			"pg_is_in_recovery() recovering");

	private final List<String> statements = new CopyOnWriteArrayList<>();

	void add(String statement) {
		this.statements.add(statement);
	}

	void clear() {
		this.statements.clear();
	}

	List<String> all() {
		return List.copyOf(this.statements);
	}

	/**
	 * Those that no application has sent.
	 */
	Stream<String> ofUno() {
		return this.statements.stream().filter((statement) -> OF_UNO.stream().anyMatch(statement::contains));
	}

}
