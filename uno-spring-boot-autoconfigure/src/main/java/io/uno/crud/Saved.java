package io.uno.crud;

/**
 * What became of an entity that was to be saved.
 *
 * @param <T> type of the entity
 * @param entity the entity as the database has it
 * @param outcome what was done
 * @since 0.1.0
 */
public record Saved<T>(T entity, Outcome outcome) {

	/**
	 * Tell whether the entity was not there before.
	 * @return whether this call inserted its row
	 */
	public boolean created() {
		return this.outcome == Outcome.INSERTED;
	}

	/**
	 * What was done to save an entity.
	 *
	 * @since 0.1.0
	 */
	public enum Outcome {

		/** Its row was inserted. */
		INSERTED,

		/** A row of its key was there, and is left as it is. */
		EXISTING,

		/** A row of its key was there, and was changed. */
		UPDATED,

		/** A row of its key was there, and had nothing to change. */
		UNCHANGED

	}

}
