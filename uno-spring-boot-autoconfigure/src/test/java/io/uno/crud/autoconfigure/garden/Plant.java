package io.uno.crud.autoconfigure.garden;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity
public class Plant {

	@Id
	@Nullable Long id;

	@Nullable String name;

	protected Plant() {
	}

	public Plant(long id, String name) {
		this.id = id;
		this.name = name;
	}

	public @Nullable String getName() {
		return this.name;
	}

}
