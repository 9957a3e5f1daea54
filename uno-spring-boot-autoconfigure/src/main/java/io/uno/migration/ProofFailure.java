package io.uno.migration;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.schema.Plan;
import io.uno.schema.Plan.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Says that a migration does not do what it should.
 */
final class ProofFailure {

	private ProofFailure() {
	}

	static MigrationNotGeneratedException of(String database, String reason, @Nullable Throwable cause) {
		return new MigrationNotGeneratedException(
				"The migration of database '%s' was not proven: %s".formatted(database, reason),
				"Nothing has been written. Write this migration by hand.", cause);
	}

	static String list(Plan left) {
		Stream<String> statements = left.statements().stream().map(Statement::sql).map((sql) -> "    " + sql);
		Stream<String> differences = left.unresolved().isEmpty() ? Stream.empty()
				: Stream.of(UnresolvedDifferences.list(left.unresolved()));
		return Stream.concat(statements, differences).collect(Collectors.joining("%n".formatted()));
	}

}
