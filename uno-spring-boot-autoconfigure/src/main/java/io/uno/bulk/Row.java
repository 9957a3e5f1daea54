package io.uno.bulk;

import java.util.Arrays;
import java.util.Objects;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way from the source to the database. Rows are reused, so that a row more
 * costs no object more.
 */
final class Row {

	private long number;

	private @Nullable Object entity;

	private @Nullable Object id;

	private final @Nullable Resolution[] references;

	private @Nullable RowRefusedException refusal;

	private final SharedSessionContractImplementor session;

	private final boolean tellsEntity;

	Row(int references, SharedSessionContractImplementor session, boolean tellsEntity) {
		this.tellsEntity = tellsEntity;
		this.references = new @Nullable Resolution[references];
		this.session = session;
	}

	/**
	 * Return whether what is generated for the row is set in its entity.
	 * @return whether the entity is told
	 */
	boolean tellsEntity() {
		return this.tellsEntity;
	}

	SharedSessionContractImplementor session() {
		return this.session;
	}

	void reset(long number, @Nullable Object entity) {
		this.number = number;
		this.entity = entity;
		this.id = null;
		this.refusal = null;
		Arrays.fill(this.references, null);
	}

	long number() {
		return this.number;
	}

	boolean isEmpty() {
		return this.entity == null;
	}

	Object entity() {
		return Objects.requireNonNull(this.entity);
	}

	@Nullable Object id() {
		return this.id;
	}

	void id(@Nullable Object id) {
		this.id = id;
	}

	/**
	 * Return what became of a reference.
	 * @param position the reference's position in the mapping
	 * @return its resolution, or {@code null} when it was not looked up
	 */
	@Nullable Resolution reference(int position) {
		return this.references[position];
	}

	void reference(int position, Resolution resolution) {
		this.references[position] = resolution;
	}

	@Nullable RowRefusedException refusal() {
		return this.refusal;
	}

	void refuse(RowRefusedException refusal) {
		if (this.refusal == null) {
			this.refusal = refusal;
		}
	}

}
