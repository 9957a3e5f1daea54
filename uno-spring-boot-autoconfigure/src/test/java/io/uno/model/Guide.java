package io.uno.model;

import io.uno.type.Ulid;
import jakarta.persistence.Entity;

@Entity
class Guide extends UnoModel {

	protected Guide() {
	}

	Guide(Ulid id) {
		super(id);
	}

}
