package io.uno.bulk;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.jspecify.annotations.Nullable;

@Entity
@Table(uniqueConstraints = @UniqueConstraint(columnNames = { "country_id", "code" }))
class Region {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	long id;

	@ManyToOne(optional = false)
	@Nullable Country country;

	@Nullable String code;

	Region() {
	}

	Region(@Nullable Country country, @Nullable String code) {
		this.country = country;
		this.code = code;
	}

}
