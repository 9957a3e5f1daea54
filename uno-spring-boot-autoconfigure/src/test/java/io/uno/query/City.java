package io.uno.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.uno.type.GeoPoint;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

@Entity(name = "QueriedCity")
class City {

	enum Feature {

		CAPITAL, TOWN

	}

	@Embeddable
	record Mayor(@Nullable String family, @Nullable String given) {

	}

	@Id
	@Nullable Long id;

	@Column(nullable = false)
	@Nullable String name;

	int population;

	@Nullable BigDecimal area;

	double elevation;

	boolean walled;

	@Nullable UUID code;

	@Enumerated(EnumType.STRING)
	@Nullable Feature feature;

	@Nullable Instant founded;

	@Nullable LocalDate holiday;

	@Nullable GeoPoint location;

	@Convert(converter = Slogan.Converter.class)
	@Nullable Slogan slogan;

	@Embedded
	@Nullable Mayor mayor;

	@ElementCollection
	List<String> nicknames = new ArrayList<>();

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	@Nullable Country country;

	@ManyToOne(fetch = FetchType.LAZY)
	@Nullable Country twin;

	@Column(columnDefinition = "int4range")
	@ColumnTransformer(write = "?::int4range")
	@Nullable String altitudes;

	protected City() {
	}

	City(long id, String name, int population, Country country) {
		this.id = id;
		this.name = name;
		this.population = population;
		this.country = country;
	}

	@Override
	public String toString() {
		return String.valueOf(this.name);
	}

}
