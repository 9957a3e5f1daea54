package io.uno.crud;

import java.util.Optional;

import io.uno.query.Filter;

/**
 * Creates, reads, updates and deletes entities of one type. Injected by its type, for any
 * entity, or taken from {@link UnoDbFactory}.
 *
 * <pre class="code">
 * CityService(UnoDb&lt;City&gt; cities) { ... }
 *
 * Saved&lt;City&gt; saved = cities.getOrCreate(city);
 * City zurich = cities.get("geonameId", 2657896);
 * List&lt;City&gt; large = cities.filter("country.code = 'CH' and population &gt; 50000").sort("-population").limit(20).list();
 * </pre>
 *
 * <p>
 * Each operation joins the caller's transaction, or else runs in one of its own: those
 * that read in a read-only one, which a replica may answer. Either way it works on the
 * database that the entity belongs to. What is returned belongs to the caller's
 * transaction, and is detached where there is none. No operation works on a whole table.
 *
 * <p>
 * An attribute is named by its path, as {@link Filter} has it; a value is of the
 * attribute's type, or a number or a text that can be converted to it. Apart from what
 * they say, all operations throw {@link io.uno.error.InvalidQueryException} where an
 * attribute or a value does not fit the entity, and other subclasses of Spring's
 * {@link org.springframework.dao.DataAccessException}.
 *
 * <p>
 * Safe for use by many threads.
 *
 * @param <T> type of the entity
 * @since 0.1.0
 */
public interface UnoDb<T> {

	/**
	 * Insert a new entity.
	 * @param entity the entity
	 * @return the entity, with what was generated
	 * @throws org.springframework.dao.DataIntegrityViolationException if the database
	 * refuses it; in the caller's transaction possibly not before that is flushed
	 */
	T create(T entity);

	/**
	 * Return the entity of a key, or insert it. Any number of concurrent callers get one
	 * row, and one of them has created it: whoever inserts in vain reads the row of the
	 * other. The caller's transaction goes on undisturbed.
	 *
	 * <p>
	 * Takes one statement if the row is there, two if not, three if another caller
	 * inserts it meanwhile; in the caller's transaction a savepoint as well, and one more
	 * to read what was inserted. Nothing that the entity refers to is inserted with it. A
	 * transaction whose isolation is stricter than {@code READ COMMITTED} can't see a row
	 * that another one has inserted meanwhile, and gets the server's error.
	 * @param entity the entity, of which a copy may be returned; it may not be used after
	 * an exception
	 * @param uniqueKey attributes of the entity itself, associations among them, whose
	 * values together are unique in the database and not null; left out where the
	 * entity's mapping has exactly one natural id or unique constraint
	 * @return the entity, and whether it is new
	 * @throws io.uno.error.InvalidQueryException if the key is left out and not clear, or
	 * has no value
	 * @throws org.springframework.dao.DataIntegrityViolationException if the database
	 * refuses the entity for something else than this key
	 */
	Saved<T> getOrCreate(T entity, String... uniqueKey);

	/**
	 * Return the entity of a primary key.
	 * @param id the value of the primary key
	 * @return the entity
	 * @throws io.uno.error.NoSuchEntityException if there is none
	 */
	T get(Object id);

	/**
	 * Return the entity of which an attribute has a value.
	 * @param attribute path of the attribute
	 * @param value the value
	 * @return the entity
	 * @throws io.uno.error.NoSuchEntityException if there is none
	 * @throws io.uno.error.AmbiguousEntityException if there is more than one
	 */
	T get(String attribute, Object value);

	/**
	 * Return the entity of a primary key, if there is one.
	 * @param id the value of the primary key
	 * @return the entity
	 */
	Optional<T> find(Object id);

	/**
	 * Return the entity of which an attribute has a value, if there is one.
	 * @param attribute path of the attribute
	 * @param value the value
	 * @return the entity
	 * @throws io.uno.error.AmbiguousEntityException if there is more than one
	 */
	Optional<T> find(String attribute, Object value);

	/**
	 * Tell whether there is an entity of a primary key.
	 * @param id the value of the primary key
	 * @return whether there is one
	 */
	boolean exists(Object id);

	/**
	 * Tell whether there is an entity of which an attribute has a value.
	 * @param attribute path of the attribute
	 * @param value the value
	 * @return whether there is one
	 */
	boolean exists(String attribute, Object value);

	/**
	 * Count the entities of which an attribute has a value.
	 * @param attribute path of the attribute
	 * @param value the value
	 * @return how many there are
	 */
	long count(String attribute, Object value);

	/**
	 * Give an entity's row all of its values.
	 * @param entity the entity, of the version that the row has
	 * @return the entity of the transaction, a copy unless it belonged to it before
	 * @throws io.uno.error.NoSuchEntityException if there is no row of its primary key
	 * @throws org.springframework.dao.OptimisticLockingFailureException if the row has
	 * another version
	 * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the entity
	 * has no primary key or version, because it is new
	 */
	T update(T entity);

	/**
	 * Delete an entity's row.
	 * @param entity the entity, of the version that the row has
	 * @throws io.uno.error.NoSuchEntityException if there is no row of its primary key
	 * @throws org.springframework.dao.OptimisticLockingFailureException if the row has
	 * another version
	 * @throws org.springframework.dao.InvalidDataAccessApiUsageException if the entity
	 * has no primary key or version, because it is new
	 */
	void delete(T entity);

	/**
	 * Delete the row of a primary key, whatever its version.
	 * @param id the value of the primary key
	 * @throws io.uno.error.NoSuchEntityException if there is none
	 */
	void deleteById(Object id);

	/**
	 * Begin a query for what a filter means.
	 *
	 * <p>
	 * A text from outside reaches every attribute and association of the entity. There is
	 * no list of allowed ones yet: build the filter from the parts that users may choose
	 * instead.
	 * @param text the text of the filter, such as
	 * {@code country.code = 'CH' and population > 50000}
	 * @return the query
	 * @throws io.uno.error.InvalidQueryException if the text is not a filter
	 */
	UnoQuery<T> filter(String text);

	/**
	 * Begin a query for what a filter means.
	 * @param filter the filter
	 * @return the query
	 */
	UnoQuery<T> filter(Filter<T> filter);

}
