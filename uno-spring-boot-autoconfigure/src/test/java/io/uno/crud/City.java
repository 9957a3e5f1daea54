package io.uno.crud;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import jakarta.persistence.Version;
import org.jspecify.annotations.Nullable;

@Entity(name = "CrudCity")
@Table(uniqueConstraints = @UniqueConstraint(columnNames = { "country_id", "name" }))
class City {

	@Id
	@GeneratedValue
	@Nullable Long id;

	@Version
	@Nullable Long version;

	@Column(unique = true)
	@Nullable Long geonameId;

	@Column(nullable = false)
	@Nullable String name;

	int population;

	@Column(nullable = false)
	@Nullable String createdBy;

	@ManyToOne(fetch = FetchType.LAZY)
	@Nullable Country country;

	@ElementCollection
	List<String> nicknames = new ArrayList<>();

	protected City() {
	}

	City(long geonameId, String name, @Nullable Country country) {
		this.geonameId = geonameId;
		this.name = name;
		this.country = country;
	}

	@PrePersist
	void created() {
		this.createdBy = "callback";
	}

}
