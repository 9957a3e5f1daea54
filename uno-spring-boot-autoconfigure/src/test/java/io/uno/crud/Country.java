package io.uno.crud;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

@Entity(name = "CrudCountry")
class Country {

	@Id
	@GeneratedValue
	@Nullable Long id;

	@NaturalId
	@Nullable String code;

	protected Country() {
	}

	Country(String code) {
		this.code = code;
	}

}
