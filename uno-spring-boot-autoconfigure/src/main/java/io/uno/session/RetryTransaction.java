package io.uno.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Has the transaction of a method, or those of all methods of a class, run again when it
 * could not end for a reason that is not the caller's, as {@link Retry} says; the method
 * wins. The whole method runs again, in another transaction and another session, and so
 * must be fit for that.
 *
 * <pre class="code">
 * &#064;Transactional
 * &#064;RetryTransaction(3)
 * void settle(long account) { ... }
 * </pre>
 *
 * Called inside a transaction the method runs once, as it can't be tried again without
 * that one. A method with this annotation has to begin a transaction itself, by
 * {@code @Transactional} with a propagation that can; otherwise the application does not
 * start. On a class it means those methods that do. Usable as a meta-annotation.
 *
 * @since 0.1.0
 * @see TransactionAttempts
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface RetryTransaction {

	/**
	 * How often the transaction is run at most.
	 * @return the number of attempts, the first one included
	 */
	@AliasFor("attempts")
	int value() default 3;

	/**
	 * How often the transaction is run at most.
	 * @return the number of attempts, the first one included
	 */
	@AliasFor("value")
	int attempts() default 3;

	/**
	 * Limit of the wait before the second attempt, which doubles with each further one.
	 * @return a duration such as {@code 20ms}
	 */
	String firstWait() default "20ms";

	/**
	 * Limit of any wait.
	 * @return a duration such as {@code 1s}
	 */
	String longestWait() default "1s";

	/**
	 * How long attempts are begun, all waits included.
	 * @return a duration such as {@code 10s}, empty for no limit
	 */
	String within() default "";

	/**
	 * Whether it is also tried again when a lock could not be had in time.
	 * @return whether SQLSTATE 55P03 is a reason
	 * @see Retry#onLockTimeout()
	 */
	boolean onLockTimeout() default false;

	/**
	 * Whether it may be done twice, and so is also tried again when the connection was
	 * lost during the commit.
	 * @return whether the method may be done twice
	 * @see Retry#idempotent()
	 */
	boolean idempotent() default false;

}
