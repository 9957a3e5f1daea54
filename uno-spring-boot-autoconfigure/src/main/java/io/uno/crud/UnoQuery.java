package io.uno.crud;

import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/**
 * The entities that a filter means, in an order and a number. Nothing is read before one
 * of the methods that return entities, or numbers, is called; that joins the caller's
 * transaction or runs in a read-only one of its own.
 *
 * <pre class="code">
 * Window&lt;City&gt; first = cities.filter("population &gt; 50000").sort("-population, name").limit(20).window();
 * </pre>
 *
 * Immutable, and so safe for use by many threads; each refining method returns a copy.
 *
 * @param <T> type of the entity
 * @since 0.1.0
 * @see UnoDb#filter(String)
 */
public interface UnoQuery<T> {

	/**
	 * Give the rows an order.
	 * @param order paths of attributes with commas between, a {@code -} in front for
	 * descending order, such as {@code -population, name}
	 * @return a copy of this query in that order
	 * @throws io.uno.error.InvalidQueryException if that is not an order
	 */
	UnoQuery<T> sort(String order);

	/**
	 * Give the rows an order.
	 * @param order the order, by properties and directions
	 * @return a copy of this query in that order
	 * @throws io.uno.error.InvalidQueryException if it ignores case or places nulls
	 */
	UnoQuery<T> sort(Sort order);

	/**
	 * Leave out the rows up to a position or, if it scrolls backward, from it on.
	 * @param position where a window of the same order ended:
	 * {@link Window#positionAt(int)}, or {@link ScrollPosition#keyset()} for the
	 * beginning
	 * @return a copy of this query that goes on from there
	 * @throws io.uno.error.InvalidQueryException if the position is an offset
	 */
	UnoQuery<T> after(ScrollPosition position);

	/**
	 * Limit the number of rows.
	 * @param limit the greatest number of rows, at least 1
	 * @return a copy of this query that returns no more
	 * @throws io.uno.error.InvalidQueryException if the limit is less than 1
	 */
	UnoQuery<T> limit(int limit);

	/**
	 * Read the rows.
	 * @return the rows, in the query's order, after its position and up to its limit
	 */
	List<T> list();

	/**
	 * Read the one row that the filter means, whatever the order, position and limit.
	 * @return the row
	 * @throws io.uno.error.NoSuchEntityException if there is none
	 * @throws io.uno.error.AmbiguousEntityException if there is more than one
	 */
	T one();

	/**
	 * Read the one row that the filter means, if there is one, whatever the order,
	 * position and limit.
	 * @return the row
	 * @throws io.uno.error.AmbiguousEntityException if there is more than one
	 */
	Optional<T> optional();

	/**
	 * Count the rows that the filter means, whatever the position and limit.
	 * @return the number of rows
	 */
	long count();

	/**
	 * Tell whether there is a row that the filter means, whatever the position and limit.
	 * @return whether there is one
	 */
	boolean exists();

	/**
	 * Read a window of the rows. Where the rows tie, the primary key decides.
	 * @return the rows and their positions, by which the next window is found; its costs
	 * do not depend on how many rows come before
	 * @throws io.uno.error.InvalidQueryException if the query has no limit, or an
	 * attribute of its order may be null
	 */
	Window<T> window();

}
