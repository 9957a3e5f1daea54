package io.uno.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * A connection that is rolled back when it is closed, and has its settings undone where
 * nobody else sees to that. Used by one thread at a time.
 */
final class OpenedConnection implements InvocationHandler {

	/**
	 * How to set a setting that is about to be changed to what it is now.
	 */
	private static final Map<String, Memory> SETTINGS = Map.of("setAutoCommit", (connection, arguments) -> {
		boolean before = connection.getAutoCommit();
		return () -> connection.setAutoCommit(before);
	}, "setReadOnly", (connection, arguments) -> {
		boolean before = connection.isReadOnly();
		return () -> connection.setReadOnly(before);
	}, "setTransactionIsolation", (connection, arguments) -> {
		int before = connection.getTransactionIsolation();
		return () -> connection.setTransactionIsolation(before);
	}, "setHoldability", (connection, arguments) -> {
		int before = connection.getHoldability();
		return () -> connection.setHoldability(before);
	}, "setSchema", (connection, arguments) -> {
		String before = connection.getSchema();
		return () -> connection.setSchema(before);
	}, "setCatalog", (connection, arguments) -> {
		String before = connection.getCatalog();
		return () -> connection.setCatalog(before);
	}, "setTypeMap", (connection, arguments) -> {
		Map<String, Class<?>> before = connection.getTypeMap();
		return () -> connection.setTypeMap(before);
	}, "setNetworkTimeout", (connection, arguments) -> {
		int before = connection.getNetworkTimeout();
		return () -> connection.setNetworkTimeout((Executor) arguments[0], before);
	});

	private final Connection connection;

	private final boolean restoring;

	private final Set<String> changed = new HashSet<>();

	private final Deque<Undoing> undoings = new ArrayDeque<>();

	private OpenedConnection(Connection connection, boolean restoring) {
		this.connection = connection;
		this.restoring = restoring;
	}

	/**
	 * A connection that undoes what is set on it by itself.
	 */
	static Connection of(Connection connection) throws SQLException {
		return proxy(connection, false);
	}

	static Connection restoring(Connection connection) throws SQLException {
		return proxy(connection, true);
	}

	private static Connection proxy(Connection connection, boolean restoring) throws SQLException {
		Connection opened = (Connection) Proxy.newProxyInstance(OpenedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, new OpenedConnection(connection, restoring));
		try {
			opened.setAutoCommit(false);
		}
		catch (Throwable ex) {
			connection.close();
			throw ex;
		}
		return opened;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		return switch (method.getName()) {
			case "close" -> close();
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "opened " + this.connection;
			default -> call(method, arguments);
		};
	}

	private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		Memory memory = this.restoring ? SETTINGS.get(method.getName()) : null;
		if (memory != null && arguments != null && this.changed.add(method.getName())) {
			this.undoings.push(memory.keep(this.connection, arguments));
		}
		try {
			return method.invoke(this.connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private @Nullable Object close() throws SQLException {
		try (Connection closing = this.connection) {
			if (closing.isClosed()) {
				return null;
			}
			if (!closing.getAutoCommit()) {
				closing.rollback();
			}
			while (!this.undoings.isEmpty()) {
				this.undoings.pop().run();
			}
		}
		return null;
	}

	/**
	 * Keeps what a setting is.
	 */
	@FunctionalInterface
	private interface Memory {

		Undoing keep(Connection connection, @Nullable Object[] arguments) throws SQLException;

	}

	/**
	 * Sets a setting back.
	 */
	@FunctionalInterface
	private interface Undoing {

		void run() throws SQLException;

	}

}
