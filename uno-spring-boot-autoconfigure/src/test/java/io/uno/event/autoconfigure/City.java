package io.uno.event.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;

@Entity
class City {

	@Id
	long id;

	@Version
	Integer version;

	String name;

	long population;

	@ManyToOne
	Country country;

	@ElementCollection
	List<String> aliases = new ArrayList<>();

	protected City() {
	}

	City(long id, String name) {
		this.id = id;
		this.name = name;
	}

}
