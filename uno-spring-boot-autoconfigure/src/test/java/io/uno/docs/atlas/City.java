package io.uno.docs.atlas;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

@Entity
public class City {

	@Id
	private Long id;

	@Column(unique = true)
	private Long geonameId;

	private String name;

	@ManyToOne(fetch = FetchType.LAZY)
	private Country country;

	protected City() {
	}

	public City(Long id, String name, Country country) {
		this(id, null, name, country);
	}

	public City(Long id, Long geonameId, String name, Country country) {
		this.id = id;
		this.geonameId = geonameId;
		this.name = name;
		this.country = country;
	}

	public Long getId() {
		return this.id;
	}

	public String getName() {
		return this.name;
	}

	public void setName(String name) {
		this.name = name;
	}

	public Country getCountry() {
		return this.country;
	}

}
