package io.uno.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

import org.jspecify.annotations.Nullable;

/**
 * The connection of a transaction, for a session that takes part in it: when that one
 * commits, rolls back or closes, nothing happens, as the transaction is not its own.
 *
 * @param connection the connection of the transaction
 */
record JoinedConnection(Connection connection) implements InvocationHandler {

	static Connection of(Connection connection) {
		return (Connection) Proxy.newProxyInstance(JoinedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, new JoinedConnection(connection));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		return switch (method.getName()) {
			case "commit", "close", "setAutoCommit" -> null;
			case "rollback" -> (arguments != null) ? call(method, arguments) : null;
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "joined " + this.connection;
			default -> call(method, arguments);
		};
	}

	private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
