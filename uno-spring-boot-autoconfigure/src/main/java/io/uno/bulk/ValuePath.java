package io.uno.bulk;

import java.util.Arrays;

import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.property.access.spi.Getter;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object to a value inside it, by Hibernate's own getters. A path that
 * meets null on its way ends in null.
 */
final class ValuePath implements RowReader {

	private static final Getter[] NONE = {};

	private final @Nullable EntityPersister identified;

	private final Getter[] getters;

	private ValuePath(@Nullable EntityPersister identified, Getter... getters) {
		this.identified = identified;
		this.getters = getters;
	}

	static ValuePath ofEntity() {
		return new ValuePath(null, NONE);
	}

	static ValuePath ofValue() {
		return ofEntity();
	}

	static ValuePath ofIdentifier(EntityPersister persister) {
		return new ValuePath(persister, NONE);
	}

	ValuePath then(Getter getter) {
		Getter[] longer = Arrays.copyOf(this.getters, this.getters.length + 1);
		longer[this.getters.length] = getter;
		return new ValuePath(this.identified, longer);
	}

	boolean isEntity() {
		return this.identified == null && this.getters.length == 0;
	}

	boolean isPartOfIdentifier() {
		return this.identified != null;
	}

	@Override
	public @Nullable Object read(Row row) {
		return get(row.entity());
	}

	@Nullable Object get(Object start) {
		Object value = (this.identified != null) ? this.identified.getIdentifierMapping().getIdentifier(start) : start;
		for (Getter getter : this.getters) {
			if (value == null) {
				return null;
			}
			value = getter.get(value);
		}
		return value;
	}

}
