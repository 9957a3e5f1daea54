package io.uno.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * A statement that commits by itself each time it is executed, whereupon something is to
 * be done.
 *
 * @param statement the statement of the node
 * @param committed what is to be done
 */
record CommittingStatement(Statement statement, Runnable committed) implements InvocationHandler {

	@SuppressWarnings("unchecked") // a statement of the most special type that it has
	static <S extends Statement> S of(S statement, Runnable committed) {
		return (S) Proxy.newProxyInstance(CommittingStatement.class.getClassLoader(),
				new Class<?>[] { type(statement) }, new CommittingStatement(statement, committed));
	}

	static Class<?> type(Statement statement) {
		if (statement instanceof CallableStatement) {
			return CallableStatement.class;
		}
		return (statement instanceof PreparedStatement) ? PreparedStatement.class : Statement.class;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		Object result = switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> call(method, arguments);
		};
		if (method.getName().startsWith("execute")) {
			this.committed.run();
		}
		return result;
	}

	private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.statement, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
