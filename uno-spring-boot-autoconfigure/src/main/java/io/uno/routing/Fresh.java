package io.uno.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how fresh the data has to be that the read-only transactions of a method see, or
 * those of all methods of a class; the method wins. Usable as a meta-annotation. Where
 * {@code uno.reads.replicas} is {@code marked}, only what says so reads from replicas.
 *
 * <pre class="code">
 * &#064;Transactional(readOnly = true)
 * &#064;Fresh(atMost = "2s")
 * Statistics statistics() { ... }
 * </pre>
 *
 * Has no effect on a transaction that may write, nor on one that has sent its first
 * statement before the method is called.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface Fresh {

	/**
	 * What is demanded, unless {@link #atMost()} says it.
	 * @return any level but {@link Freshness.Level#AT_MOST}
	 */
	Freshness.Level value() default Freshness.Level.OWN_WRITES;

	/**
	 * By how much a replica may be behind.
	 * @return a duration such as {@code 2s}, empty to have {@link #value()} decide
	 */
	String atMost() default "";

}
