package io.uno.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A statement whose SQL is only known when it is executed, and noted then.
 *
 * @param statement the statement of the node
 * @param note is told each SQL
 */
record NotedStatement(Statement statement, Note note) implements InvocationHandler {

	static Statement of(Statement statement, Note note) {
		return (Statement) Proxy.newProxyInstance(NotedStatement.class.getClassLoader(),
				new Class<?>[] { Statement.class }, new NotedStatement(statement, note));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (arguments != null && arguments[0] instanceof String sql && !method.getName().startsWith("set")) {
			this.note.take(sql);
		}
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> call(method, arguments);
		};
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.statement, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * Takes note of SQL.
	 */
	@FunctionalInterface
	interface Note {

		void take(String sql) throws SQLException;

	}

}
