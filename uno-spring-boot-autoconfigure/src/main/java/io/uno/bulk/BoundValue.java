package io.uno.bulk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Calendar;

import org.hibernate.HibernateException;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.WrapperOptions;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate hands to the driver for a value.
 *
 * @param value the parameter
 * @param calendar the calendar that the driver is to use, or {@code null} for one of the
 * JVM's time zone
 */
record BoundValue(@Nullable Object value, @Nullable Calendar calendar) {

	/**
	 * Let Hibernate bind a value.
	 * @param mapping the mapping of the column
	 * @param relational the value, converted already
	 * @param options of the session factory
	 * @return what was bound
	 * @throws RowRefusedException if the value cannot be bound
	 */
	@SuppressWarnings("unchecked") // the mapping's binder takes the mapping's values
	static BoundValue of(JdbcMapping mapping, Object relational, WrapperOptions options) throws RowRefusedException {
		Recorder recorder = new Recorder();
		try {
			((ValueBinder<Object>) mapping.getJdbcValueBinder()).bind(recorder.statement(), relational, 1, options);
		}
		catch (SQLException | HibernateException | java.time.DateTimeException | ArithmeticException
				| IllegalArgumentException | UnsupportedOperationException ex) {
			throw new RowRefusedException("%s cannot be bound: %s".formatted(relational, ex.getMessage()), ex);
		}
		return recorder.bound;
	}

	/**
	 * Stands for the statement while Hibernate binds a value to it.
	 */
	private static final class Recorder implements InvocationHandler {

		private BoundValue bound = new BoundValue(null, null);

		PreparedStatement statement() {
			return (PreparedStatement) Proxy.newProxyInstance(PreparedStatement.class.getClassLoader(),
					new Class<?>[] { PreparedStatement.class }, this);
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
			if (arguments == null || arguments.length < 2 || !method.getName().startsWith("set")) {
				throw new UnsupportedOperationException(method.getName() + " instead of a parameter");
			}
			boolean isNull = method.getName().equals("setNull");
			Calendar calendar = (arguments.length > 2 && arguments[2] instanceof Calendar given) ? given : null;
			this.bound = new BoundValue(isNull ? null : arguments[1], calendar);
			return null;
		}

	}

}
