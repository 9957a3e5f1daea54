package io.uno.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The connection of the running transaction, for whoever has opened one inside it: closed
 * for them, but ended by the transaction only.
 */
final class SharedConnection implements InvocationHandler {

	private static final String INVALID_TRANSACTION_TERMINATION = "2D000";

	private final Connection connection;

	private final DataSource dataSource;

	private boolean closed;

	private SharedConnection(Connection connection, DataSource dataSource) {
		this.connection = connection;
		this.dataSource = dataSource;
	}

	static Connection of(Connection connection, DataSource dataSource) {
		return (Connection) Proxy.newProxyInstance(SharedConnection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, new SharedConnection(connection, dataSource));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		return switch (method.getName()) {
			case "close" -> close();
			case "isClosed" -> this.closed || this.connection.isClosed();
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "shared " + this.connection;
			default -> call(method, arguments);
		};
	}

	private @Nullable Object close() {
		if (!this.closed) {
			this.closed = true;
			DataSourceUtils.releaseConnection(this.connection, this.dataSource);
		}
		return null;
	}

	private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		if (this.closed) {
			throw new SQLException("The connection is closed", "08003");
		}
		if (isEnd(method)) {
			throw new SQLException(
					"%s() is refused on the connection of transaction '%s', which ends by itself; open the connection outside of it, or have it roll back by an exception"
						.formatted(method.getName(), TransactionSynchronizationManager.getCurrentTransactionName()),
					INVALID_TRANSACTION_TERMINATION);
		}
		try {
			return method.invoke(this.connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static boolean isEnd(Method method) {
		return switch (method.getName()) {
			case "commit", "setAutoCommit", "abort" -> true;
			case "rollback" -> method.getParameterCount() == 0;
			default -> false;
		};
	}

}
