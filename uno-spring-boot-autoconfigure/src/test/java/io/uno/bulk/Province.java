package io.uno.bulk;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

@Entity
class Province {

	@Id
	@GeneratedValue
	@Nullable Long id;

	@NaturalId
	@ManyToOne
	@Nullable Country country;

	@NaturalId
	@Nullable String code;

	@ManyToOne
	@Nullable Province neighbour;

	Province() {
	}

	Province(Country country, String code) {
		this.country = country;
		this.code = code;
	}

	Province beside(Province neighbour) {
		this.neighbour = neighbour;
		return this;
	}

}
