package io.uno.tour.atlas;

import io.uno.model.Grant;
import io.uno.model.Privilege;
import io.uno.type.GeoPoint;
import io.uno.type.Ulid;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

@Entity
@Grant(role = "reader", privileges = Privilege.SELECT)
public class City {

	@Id
	private Long id;

	@Column(nullable = false, unique = true)
	private Long geonameId;

	private String name;

	@Column(nullable = false)
	private long population;

	@ManyToOne(fetch = FetchType.LAZY)
	private Country country;

	private GeoPoint location;

	private Ulid guide;

	@Column(columnDefinition = "int4range", insertable = false, updatable = false)
	private String altitudes;

	protected City() {
	}

	public City(Long id, String name, long population, Country country) {
		this.id = id;
		this.geonameId = id;
		this.name = name;
		this.population = population;
		this.country = country;
	}

	public String getName() {
		return this.name;
	}

	public void setLocation(GeoPoint location) {
		this.location = location;
	}

	public void setGuide(Ulid guide) {
		this.guide = guide;
	}

	public Ulid getGuide() {
		return this.guide;
	}

	public GeoPoint getLocation() {
		return this.location;
	}

}
