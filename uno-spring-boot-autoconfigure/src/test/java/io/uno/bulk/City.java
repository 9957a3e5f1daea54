package io.uno.bulk;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import io.uno.type.GeoPoint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.CreationTimestamp;
import org.jspecify.annotations.Nullable;

@Entity
class City {

	enum Feature {

		CAPITAL, TOWN

	}

	@Id
	long id;

	@Version
	@Nullable Integer version;

	@Column(nullable = false, length = 20)
	@Nullable String name;

	@Column(unique = true)
	@Nullable UUID code;

	int population;

	double elevation;

	boolean walled;

	@Column(precision = 6, scale = 2)
	@Nullable BigDecimal area;

	@Enumerated(EnumType.STRING)
	@Nullable Feature feature;

	@Nullable Instant founded;

	@Nullable GeoPoint location;

	@CreationTimestamp
	@Nullable Instant created;

	@ManyToOne
	@Nullable Country country;

	@ManyToOne
	@Nullable Region region;

	City() {
	}

	City(long id, @Nullable String name) {
		this.id = id;
		this.name = name;
	}

	City in(@Nullable Country country, @Nullable Region region) {
		this.country = country;
		this.region = region;
		return this;
	}

}
