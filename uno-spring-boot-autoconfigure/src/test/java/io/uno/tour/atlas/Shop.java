package io.uno.tour.atlas;

import java.util.ArrayList;
import java.util.List;

import io.uno.type.GeoPoint;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;

@Entity
public class Shop extends Account {

	private GeoPoint location;

	@ElementCollection
	private List<GeoPoint> doors = new ArrayList<>();

	protected Shop() {
	}

	public Shop(String owner, Account parent, GeoPoint location) {
		super(owner, parent);
		this.location = location;
	}

	public GeoPoint getLocation() {
		return this.location;
	}

	public List<GeoPoint> getDoors() {
		return this.doors;
	}

}
