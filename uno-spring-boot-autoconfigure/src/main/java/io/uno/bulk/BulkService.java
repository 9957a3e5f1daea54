package io.uno.bulk;

import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * Writes entities by the million. On PostgreSQL the rows travel by binary {@code COPY},
 * straight from the objects to the columns that Hibernate maps them to; on any other
 * database they travel in plain JDBC batches.
 *
 * <pre class="code">
 * BulkResult result = bulk.insert(City.class)
 * 	.resolving("country")
 * 	.onError(collect(1_000))
 * 	.onProgress((progress) -> log.info("{}", progress))
 * 	.from(cities);
 * </pre>
 *
 * <p>
 * A call joins the caller's transaction, or runs in its own when there is none, and
 * writes everything or nothing: when the source or a row fails, no row of the call stays,
 * and the caller's transaction may go on. The source is read as the rows are sent, so
 * that memory does not grow with their number.
 *
 * <p>
 * What persisting an entity does beside its own row is not done: nothing is cascaded, and
 * neither Bean Validation nor Hibernate's event listeners run. {@code @PrePersist}
 * callbacks do run for an insert; {@code @PostPersist} callbacks and, for an upsert, any
 * callback are refused, as is a mapping that needs more than one row in one table, before
 * the first row is read.
 *
 * <p>
 * A service and its specs are immutable and may be used by any number of threads.
 *
 * @since 0.1.0
 */
public interface BulkService {

	/**
	 * Start an insert.
	 * @param <E> the entity
	 * @param type the class of the entity
	 * @return a spec that is completed by {@code from}
	 */
	<E> InsertSpec<E> insert(Class<E> type);

	/**
	 * Start an upsert: rows that are there already are updated, all others inserted.
	 * @param <E> the entity
	 * @param type the class of the entity
	 * @return a spec that is completed by {@code from}
	 */
	<E> UpsertSpec<E> upsert(Class<E> type);

	/**
	 * Create a service.
	 * @param entityManagerFactory Hibernate's, whose mappings are used
	 * @param dataSource where rows are written, in Spring's current transaction
	 * @param transactionManager begins a transaction where there is none
	 * @return the service
	 */
	static BulkService create(EntityManagerFactory entityManagerFactory, DataSource dataSource,
			PlatformTransactionManager transactionManager) {
		return create(entityManagerFactory, dataSource, transactionManager, (type) -> {
		});
	}

	/**
	 * Create a service for entities of several databases.
	 * @param entityManagerFactory Hibernate's, whose mappings are used
	 * @param dataSource where rows are written, in Spring's current transaction
	 * @param transactionManager begins a transaction where there is none
	 * @param claim called with the entity's class inside the transaction before its
	 * connection is fetched, to say which database is meant
	 * @return the service
	 */
	static BulkService create(EntityManagerFactory entityManagerFactory, DataSource dataSource,
			PlatformTransactionManager transactionManager, Consumer<Class<?>> claim) {
		return new DefaultBulkService(new BulkEngine(entityManagerFactory, dataSource, transactionManager, claim));
	}

	/**
	 * What every bulk operation can be told. Each method returns a refined copy.
	 *
	 * @param <E> the entity
	 * @param <S> the spec itself
	 */
	interface Spec<E, S extends Spec<E, S>> {

		/**
		 * Turn the natural keys of references into foreign keys: an entity refers to
		 * another one of which only the attributes of a unique key are set, such as a
		 * {@code Country} with its code. Keys are looked up set by set, each one once. A
		 * row whose reference is not found is a bad row.
		 * @param attributes names of many-to-one or owned one-to-one attributes
		 * @return a refined copy
		 */
		S resolving(String... attributes);

		/**
		 * As {@link #resolving}, but a reference that is not found becomes {@code null},
		 * and the result reports its row, attribute and key.
		 * @param attributes names of many-to-one or owned one-to-one attributes
		 * @return a refined copy
		 */
		S resolvingLeniently(String... attributes);

		/**
		 * Say what happens to bad rows: those that uno refuses before they are sent, such
		 * as a value that is too long for its column. A row that only the server refuses,
		 * such as a duplicate key, always ends the operation. The default is
		 * {@link ErrorPolicy#abort()}.
		 * @param policy what happens to bad rows
		 * @return a refined copy
		 */
		S onError(ErrorPolicy policy);

		/**
		 * Be told of the progress after every 10,000 rows read and once at the end, in
		 * the caller's thread. What the listener throws ends the operation.
		 * @param listener is told of the progress
		 * @return a refined copy
		 */
		S onProgress(Consumer<? super BulkProgress> listener);

		/**
		 * Write the entities.
		 * @param entities what to write
		 * @return what was done
		 * @throws io.uno.error.BulkMappingException if the mapping is not supported
		 * @throws io.uno.error.BulkRowException if a row was refused
		 * @throws org.springframework.dao.DataAccessException if the database fails
		 */
		BulkResult from(Iterable<? extends E> entities);

		/**
		 * Write the entities.
		 * @param entities what to write
		 * @return what was done
		 * @throws io.uno.error.BulkMappingException if the mapping is not supported
		 * @throws io.uno.error.BulkRowException if a row was refused
		 * @throws org.springframework.dao.DataAccessException if the database fails
		 */
		BulkResult from(Iterator<? extends E> entities);

		/**
		 * Write the entities, and close the stream in any case.
		 * @param entities what to write
		 * @return what was done
		 * @throws io.uno.error.BulkMappingException if the mapping is not supported
		 * @throws io.uno.error.BulkRowException if a row was refused
		 * @throws org.springframework.dao.DataAccessException if the database fails
		 */
		BulkResult from(Stream<? extends E> entities);

		/**
		 * Say how the operation would be done, without doing it.
		 * @return the strategy and the reason for it
		 * @throws io.uno.error.BulkMappingException if the mapping is not supported
		 */
		BulkPlan explain();

	}

	/**
	 * An insert. Ids that are generated in Java or drawn from a sequence are set in the
	 * entities before they are written, and remain there when the operation fails.
	 *
	 * @param <E> the entity
	 */
	interface InsertSpec<E> extends Spec<E, InsertSpec<E>> {

	}

	/**
	 * An upsert. On PostgreSQL the rows are collected in a temporary table and brought
	 * into the table by one {@code MERGE}, which writes no row that has these values
	 * already; a version that counts is increased by one where a row is updated.
	 * Attributes that are not updatable, and the id, keep what the table has.
	 *
	 * <p>
	 * Generated ids and other generated values are not set in the entities, since a row
	 * that is there keeps its own. Two rows with the same key in one source are an error
	 * that the server reports, as is a row that another transaction inserts at the same
	 * time. Calls that upsert the same rows at the same time may end in a deadlock, which
	 * is a {@link org.springframework.dao.ConcurrencyFailureException}, and can be
	 * repeated in a new transaction. Entities of a persistence context do not notice that
	 * their rows were updated.
	 *
	 * @param <E> the entity
	 */
	interface UpsertSpec<E> extends Spec<E, UpsertSpec<E>> {

		/**
		 * Find rows by a unique key; the default is the id.
		 * @param attributes attributes of which the columns together have a unique index,
		 * and whose values are never null
		 * @return a refined copy
		 */
		UpsertSpec<E> by(String... attributes);

	}

}
