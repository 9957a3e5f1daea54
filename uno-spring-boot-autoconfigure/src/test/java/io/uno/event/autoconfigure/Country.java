package io.uno.event.autoconfigure;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
class Country {

	@Id
	long id;

	@Column(unique = true)
	String code;

	protected Country() {
	}

	Country(long id, String code) {
		this.id = id;
		this.code = code;
	}

}
