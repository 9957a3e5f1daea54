package io.uno.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says on whose behalf the transactions of a method act, or of all methods of a class
 * that do not say it themselves.
 *
 * <pre class="code">
 * &#064;Transactional
 * &#064;ActingAs(role = "auditor")
 * void audit() { ... }
 * </pre>
 *
 * What is called from there acts in the same way, as far as it does not say otherwise,
 * and whoever has called it acts as before afterwards. It wins over every
 * {@link ContextResolver}. A method that takes part in a transaction needs one that acts
 * in the same way already. Usable as a meta-annotation.
 *
 * @since 0.1.0
 * @see RoutingTemplate#acting
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface ActingAs {

	/**
	 * Name of the database role, one of those in {@code uno.roles} or
	 * {@code uno.databases.<name>.roles}. Another one fails the start of the application.
	 * @return the role, empty for none
	 */
	String role() default "";

	/**
	 * The tenant, as the server is told of it.
	 * @return the tenant, empty for none
	 */
	String tenant() default "";

	/**
	 * Name of the user.
	 * @return the user, empty for none
	 */
	String user() default "";

}
