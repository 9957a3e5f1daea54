package io.uno.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the database that something works on. On an entity it says where its rows are,
 * and wins over {@code uno.databases.<name>.packages}.
 *
 * <pre class="code">
 * &#064;Entity
 * &#064;UseDatabase("journal")
 * class Entry { ... }
 * </pre>
 *
 * A name that no database has fails the start of the application. Usable as a
 * meta-annotation. A subclass has the annotation of its superclass unless it has its own;
 * all entities of one hierarchy have to be of one database, as they share tables.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface UseDatabase {

	/**
	 * Name of the database, as in {@code uno.databases.<name>}.
	 * @return the name, not empty
	 */
	String value();

}
