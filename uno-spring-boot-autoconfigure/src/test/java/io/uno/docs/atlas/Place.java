package io.uno.docs.atlas;

import io.uno.type.GeoPoint;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Place {

	@Id
	private Long id;

	private GeoPoint location;

	protected Place() {
	}

	public Place(Long id, GeoPoint location) {
		this.id = id;
		this.location = location;
	}

	public GeoPoint getLocation() {
		return this.location;
	}

}
