package io.uno.bulk;

/**
 * The ways in which a bulk operation can be done.
 *
 * @since 0.1.0
 */
public enum BulkStrategy {

	/**
	 * Binary {@code COPY} into the table.
	 */
	COPY("COPY"),

	/**
	 * Batches of {@code INSERT} statements.
	 */
	JDBC_BATCH("JDBC batches");

	private final String description;

	BulkStrategy(String description) {
		this.description = description;
	}

	/**
	 * Return the strategy in words.
	 * @return a description for people
	 */
	public String description() {
		return this.description;
	}

}
