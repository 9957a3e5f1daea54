package io.uno.routing;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the database of work that neither a template nor an annotation names one for,
 * and whose entity belongs to none. Beans of this type are asked in their order, the
 * first opinion counts.
 *
 * <pre class="code">
 * &#064;Bean
 * DatabaseRule archive() {
 *     return (work) -&gt; (work.entity() == Invoice.class &amp;&amp; work.access() == Access.READ) ? "archive" : null;
 * }
 * </pre>
 *
 * Called on the thread that does the work, for each transaction and for each statement
 * outside of one; must not use a database itself.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DatabaseRule {

	/**
	 * Chooses a database.
	 * @param work what is to be done
	 * @return name of the database, {@code null} for no opinion
	 */
	@Nullable String databaseFor(Work work);

	/**
	 * What is to be done. Immutable.
	 *
	 * @param entity the entity that it is about, {@code null} where that is not known
	 * @param access what it needs
	 * @param call the method of the repository that was called, {@code null} for anything
	 * else
	 */
	record Work(@Nullable Class<?> entity, Access access, @Nullable Method call) {

		static final Work READ = new Work(null, Access.READ, null);

		static final Work WRITE = new Work(null, Access.WRITE, null);

	}

}
