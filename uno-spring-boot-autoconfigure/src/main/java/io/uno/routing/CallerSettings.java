package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a caller has set on a routed connection, such as a schema. It holds for every
 * node's connection that serves the caller, and for nobody afterwards.
 */
final class CallerSettings {

	private final Map<String, Setting<?>> settings = new LinkedHashMap<>(0);

	private final Deque<Change> undo = new ArrayDeque<>(0);

	/**
	 * Keeps a setting for connections to come.
	 */
	<V extends @Nullable Object> void keep(String name, V value, Reader<V> reader, Writer<V> writer) {
		this.settings.put(name, new Setting<>(value, reader, writer));
	}

	/**
	 * Keeps a setting, and applies it to the connection that serves the caller now.
	 */
	<V extends @Nullable Object> void keepAndApply(String name, V value, Reader<V> reader, Writer<V> writer,
			Connection connection) throws SQLException {
		new Setting<>(value, reader, writer).apply(connection, this.undo);
		keep(name, value, reader, writer);
	}

	void apply(Connection connection) throws SQLException {
		for (Setting<?> setting : this.settings.values()) {
			setting.apply(connection, this.undo);
		}
	}

	/**
	 * Sets everything back, the last change first.
	 */
	void undo(Connection connection) throws SQLException {
		while (!this.undo.isEmpty()) {
			this.undo.pop().applyTo(connection);
		}
	}

	void forgetChanges() {
		this.undo.clear();
	}

	/**
	 * Reads a setting of a connection.
	 *
	 * @param <V> type of its value
	 */
	@FunctionalInterface
	interface Reader<V extends @Nullable Object> {

		V read(Connection connection) throws SQLException;

	}

	/**
	 * Writes a setting of a connection.
	 *
	 * @param <V> type of its value
	 */
	@FunctionalInterface
	interface Writer<V extends @Nullable Object> {

		void write(Connection connection, V value) throws SQLException;

	}

	/**
	 * A change to a connection.
	 */
	@FunctionalInterface
	private interface Change {

		void applyTo(Connection connection) throws SQLException;

	}

	private record Setting<V extends @Nullable Object>(V value, Reader<V> reader, Writer<V> writer) {

		void apply(Connection connection, Deque<Change> undo) throws SQLException {
			V before = this.reader.read(connection);
			this.writer.write(connection, this.value);
			undo.push((changed) -> this.writer.write(changed, before));
		}

	}

}
