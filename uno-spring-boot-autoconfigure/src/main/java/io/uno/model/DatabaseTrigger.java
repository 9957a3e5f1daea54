package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls a function when the rows of an entity's table are changed.
 *
 * <pre class="code">
 * &#064;Entity
 * &#064;DatabaseFunction(name = "visit_touch", returns = "trigger", body = """
 *         begin
 *             new.touched := now();
 *             return new;
 *         end
 *         """)
 * &#064;DatabaseTrigger(name = "touch", timing = Timing.BEFORE, events = { Event.INSERT, Event.UPDATE },
 *         function = "visit_touch")
 * class Visit { ... }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(DatabaseTrigger.List.class)
public @interface DatabaseTrigger {

	/**
	 * Name of the trigger as the server's catalog has it. Triggers of one table fire in
	 * the order of their names.
	 * @return the name, without quotes
	 */
	String name();

	/**
	 * Whether the function is called before or after the change.
	 * @return the timing
	 */
	Timing timing();

	/**
	 * What the function is called for.
	 * @return at least one event
	 */
	Event[] events();

	/**
	 * Whether the function is called for each row or once for each statement.
	 * @return the level
	 */
	Level forEach() default Level.ROW;

	/**
	 * Name of the function, which takes no arguments and returns {@code trigger}: one
	 * that an entity defines by {@link DatabaseFunction}, or else any that the server
	 * finds by this name.
	 * @return the name, without quotes
	 */
	String function();

	/**
	 * When a trigger calls its function.
	 */
	enum Timing {

		/**
		 * Before the change, which the function may alter or prevent.
		 */
		BEFORE,

		/**
		 * After the change.
		 */
		AFTER

	}

	/**
	 * What a trigger calls its function for.
	 */
	enum Event {

		/**
		 * Rows are added.
		 */
		INSERT,

		/**
		 * Rows are changed.
		 */
		UPDATE,

		/**
		 * Rows are removed.
		 */
		DELETE,

		/**
		 * The table is emptied; for each statement only.
		 */
		TRUNCATE

	}

	/**
	 * How often a trigger calls its function.
	 */
	enum Level {

		/**
		 * Once for each row.
		 */
		ROW,

		/**
		 * Once for each statement.
		 */
		STATEMENT

	}

	/**
	 * Holds several triggers.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface List {

		/**
		 * The triggers.
		 * @return the triggers
		 */
		DatabaseTrigger[] value();

	}

}
