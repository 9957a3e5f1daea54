package io.uno.bulk;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

@Entity
class Country {

	@Id
	@GeneratedValue
	@Nullable Long id;

	@NaturalId
	@Nullable String code;

	Country() {
	}

	Country(@Nullable String code) {
		this.code = code;
	}

}
