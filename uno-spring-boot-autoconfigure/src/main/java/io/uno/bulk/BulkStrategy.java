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
	 * Binary {@code COPY} into a temporary table, from which {@code INSERT} brings the
	 * rows into the table: the server refuses {@code COPY} where row security applies.
	 */
	COPY_INSERT("COPY into a temporary table, then INSERT"),

	/**
	 * Binary {@code COPY} into a temporary table, from which {@code MERGE} brings the
	 * rows into the table.
	 */
	COPY_MERGE("COPY into a temporary table, then MERGE"),

	/**
	 * Binary {@code COPY} into a temporary table, from which {@code UPDATE} and
	 * {@code INSERT} bring the rows into the table.
	 */
	COPY_UPDATE_INSERT("COPY into a temporary table, then UPDATE and INSERT"),

	/**
	 * Batches of {@code INSERT}, or of {@code UPDATE} and {@code INSERT}.
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
