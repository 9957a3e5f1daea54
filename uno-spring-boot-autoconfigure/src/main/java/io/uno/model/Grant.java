package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a database role use the tables of an entity: its own and those of its collections.
 * {@link Privilege#INSERT} includes the use of the sequences that its id is drawn from.
 * The role must exist, and nothing is taken away from it that it was given elsewhere.
 *
 * <pre class="code">
 * &#064;Entity
 * &#064;Grant(role = "reader", privileges = Privilege.SELECT)
 * &#064;Grant(role = "writer", privileges = { Privilege.SELECT, Privilege.INSERT })
 * class Visit { ... }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(Grant.List.class)
public @interface Grant {

	/**
	 * Name of the role as the server's catalog has it.
	 * @return the name, without quotes
	 */
	String role();

	/**
	 * What the role may do.
	 * @return at least one privilege
	 */
	Privilege[] privileges();

	/**
	 * Holds several grants.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface List {

		/**
		 * The grants.
		 * @return the grants
		 */
		Grant[] value();

	}

}
