package io.uno.schema;

import io.uno.model.History;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Kept in a table and columns whose names need quotes.
 */
@Entity
@Table(name = "`order`")
@History
class Reading {

	@Id
	private @Nullable Long id;

	@Column(name = "\"we\"\"ird\\ %s\"")
	private @Nullable String weird;

	@Column(name = "`mixedCase`", columnDefinition = "numeric(9,2) not null default 7")
	private @Nullable Integer mixed;

	protected Reading() {
	}

	Reading(long id, String weird, int mixed) {
		this.id = id;
		this.weird = weird;
		this.mixed = mixed;
	}

	void setWeird(String weird) {
		this.weird = weird;
	}

}
