package io.uno.routing.autoconfigure;

/**
 * Thrown at start when the name of a database leads to a transaction manager that knows
 * nothing of the database.
 */
class ConflictingTransactionManagerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String database;

	private final String bean;

	ConflictingTransactionManagerException(String database, String bean) {
		super("Transaction manager '%s' is called or qualified '%s', which is a database of 'uno.databases.%s': @Transactional(\"%s\") could mean either"
			.formatted(bean, database, database, database));
		this.database = database;
		this.bean = bean;
	}

	String getDatabase() {
		return this.database;
	}

	String getBean() {
		return this.bean;
	}

}
