package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Defines a function in the database of an entity, in the schema of its table.
 *
 * <pre class="code">
 * &#064;Entity
 * &#064;DatabaseFunction(name = "visits_of", arguments = "visitor text", returns = "bigint", language = "sql", body = """
 *         select count(*) from visit v where v.visitor = visits_of.visitor
 *         """)
 * class Visit { ... }
 * </pre>
 *
 * @since 0.1.0
 * @see DatabaseTrigger
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(DatabaseFunction.List.class)
public @interface DatabaseFunction {

	/**
	 * Name of the function as the server's catalog has it.
	 * @return the name, without quotes
	 */
	String name();

	/**
	 * What the function takes, in SQL.
	 * @return the text between the parentheses, empty for a function without arguments
	 */
	String arguments() default "";

	/**
	 * What the function returns, in SQL.
	 * @return a type, {@code setof} a type, {@code trigger} or {@code void}
	 */
	String returns();

	/**
	 * Language of the body.
	 * @return the name of the language, without quotes
	 */
	String language() default "plpgsql";

	/**
	 * What the function does.
	 * @return the body, without quotes around it
	 */
	String body();

	/**
	 * Holds several functions.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface List {

		/**
		 * The functions.
		 * @return the functions
		 */
		DatabaseFunction[] value();

	}

}
