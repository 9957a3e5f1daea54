package io.uno.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A statement that may be executed in other transactions than the one that it was opened
 * in, of which the server is to be told before.
 *
 * @param statement the statement of the node
 * @param connection what it was opened by
 * @param beginning begins a transaction where there is none
 */
record BegunStatement(Statement statement, Connection connection, Beginning beginning) implements InvocationHandler {

	@SuppressWarnings("unchecked") // a statement of the most special type that it has
	static <S extends Statement> S of(S statement, Connection connection, Beginning beginning) {
		return (S) Proxy.newProxyInstance(BegunStatement.class.getClassLoader(),
				new Class<?>[] { CommittingStatement.type(statement) },
				new BegunStatement(statement, connection, beginning));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "getConnection" -> this.connection;
			default -> method.getName().startsWith("execute")
					? this.beginning.execute(this.statement, () -> call(method, arguments)) : call(method, arguments);
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
	 * Begins a transaction for an execution where there is none.
	 */
	@FunctionalInterface
	interface Beginning {

		@Nullable Object execute(Statement statement, Execution execution) throws Throwable;

	}

	/**
	 * The execution of a statement.
	 */
	@FunctionalInterface
	interface Execution {

		@Nullable Object run() throws Throwable;

	}

}
