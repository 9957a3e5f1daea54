package io.uno.session.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * A driver that sets for the session what is to be set for the transaction, as
 * {@code SET} does in place of {@code SET LOCAL}: what must never be.
 */
public class SessionWideDriver extends org.postgresql.Driver {

	@Override
	public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
		Connection connection = super.connect(url, info);
		return (connection != null) ? (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> call(connection, method, arguments))
				: null;
	}

	private static @Nullable Object call(Connection connection, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		if (method.getName().equals("prepareStatement") && arguments != null && arguments[0] instanceof String sql) {
			arguments[0] = sql.replace("?, true)", "?, false)");
		}
		try {
			return method.invoke(connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
