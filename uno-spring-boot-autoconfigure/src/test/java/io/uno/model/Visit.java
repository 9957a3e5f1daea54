package io.uno.model;

import io.uno.type.Ulid;
import jakarta.persistence.Entity;

@Entity
class Visit extends UnoModel {

	String city;

	protected Visit() {
	}

	Visit(String city) {
		this.city = city;
	}

	Visit(Ulid id, String city) {
		super(id);
		this.city = city;
	}

}
