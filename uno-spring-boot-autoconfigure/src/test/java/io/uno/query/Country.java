package io.uno.query;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity(name = "QueriedCountry")
class Country {

	@Id
	@Nullable Long id;

	@Column(nullable = false)
	@Nullable String code;

	@Nullable String name;

	protected Country() {
	}

	Country(long id, String code, String name) {
		this.id = id;
		this.code = code;
		this.name = name;
	}

}
