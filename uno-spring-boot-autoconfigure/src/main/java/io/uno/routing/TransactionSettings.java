package io.uno.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL is told when a transaction begins, all of it in one round trip and for
 * that transaction only. Immutable.
 *
 * @param context on whose behalf it acts
 * @param isolation its isolation as {@link Connection} counts, {@code null} for the one
 * that the connection has
 * @param timeout milliseconds that a statement of it may take, less than zero for as many
 * as it likes
 */
record TransactionSettings(TransactionContext context, @Nullable Integer isolation, long timeout) {

	static final TransactionSettings NONE = new TransactionSettings(TransactionContext.none(), null, -1);

	private static final Map<Kind, String> STATEMENTS = new ConcurrentHashMap<>();

	private static final Map<Integer, String> LEVELS = Map.of(Connection.TRANSACTION_READ_UNCOMMITTED,
			"read uncommitted", Connection.TRANSACTION_READ_COMMITTED, "read committed",
			Connection.TRANSACTION_REPEATABLE_READ, "repeatable read", Connection.TRANSACTION_SERIALIZABLE,
			"serializable");

	boolean isEmpty() {
		return this.isolation == null && this.timeout < 0 && this.context.isEmpty();
	}

	/**
	 * Tells the server, for its running transaction only. The isolation goes in front, as
	 * it can't be set after a query.
	 */
	void applyTo(Connection connection) throws SQLException {
		Kind kind = new Kind(this.context.values().keySet(), this.isolation, this.timeout >= 0);
		try (PreparedStatement settings = connection.prepareStatement(statement(kind))) {
			int index = 1;
			for (String value : this.context.values().values()) {
				settings.setString(index++, value);
			}
			if (this.timeout >= 0) {
				// nothing left is not the same as no limit
				settings.setString(index, Math.max(1, Math.min(Integer.MAX_VALUE, this.timeout)) + "ms");
			}
			settings.execute();
		}
	}

	private static String statement(Kind kind) {
		String known = STATEMENTS.get(kind);
		if (known == null) {
			known = kind.statement();
			STATEMENTS.put(kind.copy(), known);
		}
		return known;
	}

	/**
	 * Sets the isolation of a transaction that has sent no query yet.
	 */
	static void isolate(Connection connection, int isolation) throws SQLException {
		new TransactionSettings(TransactionContext.none(), isolation, -1).applyTo(connection);
	}

	/**
	 * Whether there is an isolation of this number.
	 */
	static boolean isIsolation(int level) {
		return LEVELS.containsKey(level);
	}

	/**
	 * What settings with the same statement have in common.
	 *
	 * @param settings what the context has
	 * @param isolation the isolation, {@code null} for none
	 * @param timeout whether there is a timeout
	 */
	private record Kind(Set<ContextSetting> settings, @Nullable Integer isolation, boolean timeout) {

		Kind copy() {
			return new Kind(Set.copyOf(this.settings), this.isolation, this.timeout);
		}

		String statement() {
			List<String> parts = new ArrayList<>(2);
			if (this.isolation != null) {
				parts.add("set transaction isolation level " + LEVELS.get(this.isolation));
			}
			String parameters = Stream
				.concat(this.settings.stream().map(ContextSetting::parameter),
						this.timeout ? Stream.of("statement_timeout") : Stream.empty())
				.map((parameter) -> "set_config('%s', ?, true)".formatted(parameter))
				.collect(Collectors.joining(", "));
			if (!parameters.isEmpty()) {
				parts.add("select " + parameters);
			}
			return String.join("; ", parts);
		}

	}

}
