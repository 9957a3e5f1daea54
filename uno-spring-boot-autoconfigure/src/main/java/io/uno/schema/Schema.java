package io.uno.schema;

import java.util.List;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * The database objects of all entities as SQL. Tables, sequences, indexes and constraints
 * are what Hibernate makes of the mapping; functions, triggers, grants, row level
 * security and history come from the annotations of {@link io.uno.model}, and need
 * PostgreSQL.
 *
 * <pre class="code">
 * String table = schema.of(Visit.class).emit(ObjectType.TABLE);
 *
 * schema.of(Visit.class).apply();
 *
 * String everything = schema.on("journal").emit();
 * </pre>
 *
 * The text is the same at every start. Immutable, and so safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Schema {

	/**
	 * Creates a schema of entities that all live in one database, called {@code default}.
	 * @param entityManagerFactory Hibernate's, whose mappings are used
	 * @param dataSource where statements are executed, in Spring's current transaction
	 * @param transactionManager begins a transaction where there is none
	 * @return the schema
	 */
	static Schema create(EntityManagerFactory entityManagerFactory, DataSource dataSource,
			PlatformTransactionManager transactionManager) {
		return create(entityManagerFactory, dataSource, transactionManager, new SingleDatabase());
	}

	/**
	 * Creates a schema of entities of several databases.
	 * @param entityManagerFactory Hibernate's, whose mappings are used
	 * @param dataSource where statements are executed, in Spring's current transaction
	 * @param transactionManager begins a transaction where there is none
	 * @param databases tells the databases apart
	 * @return the schema
	 */
	static Schema create(EntityManagerFactory entityManagerFactory, DataSource dataSource,
			PlatformTransactionManager transactionManager, EntityDatabases databases) {
		return new DefaultSchema(new MappedEntities(entityManagerFactory),
				new SchemaTransaction(dataSource, transactionManager), databases, databases.getDefault());
	}

	/**
	 * Returns the schema of one entity, whichever database it belongs to.
	 * @param entity the class of the entity
	 * @return the schema of the entity
	 * @throws io.uno.error.SchemaMappingException if the class is not an entity
	 */
	EntitySchema of(Class<?> entity);

	/**
	 * Returns the schema of the entities of another database.
	 * @param database name of the database
	 * @return a copy of this schema that is restricted to the database
	 * @throws RuntimeException if there is none of this name
	 */
	Schema on(String database);

	/**
	 * Renders every object of every entity, in an order that a server accepts. Where
	 * there are several databases these are the entities of the default one, or of the
	 * one that was chosen by {@link #on}.
	 * @return statements, each ended by a semicolon and a line feed
	 * @throws io.uno.error.SchemaMappingException if an entity asks for what its mapping
	 * or the vendor of its database does not allow
	 */
	String emit();

	/**
	 * Renders every object of every entity, as {@link #emit()} does.
	 * @return the statements, without semicolons between them
	 * @throws io.uno.error.SchemaMappingException if an entity asks for what its mapping
	 * or the vendor of its database does not allow
	 */
	List<String> statements();

	/**
	 * Creates every object of every entity on the primary of the database, as
	 * {@link EntitySchema#apply()} does for one entity.
	 * @throws io.uno.error.SchemaMappingException if an entity asks for what its mapping
	 * or the vendor of its database does not allow
	 * @throws org.springframework.dao.DataAccessException if the server refuses a
	 * statement, which is part of the message
	 */
	void apply();

}
