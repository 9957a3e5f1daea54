package io.uno.crud.autoconfigure.atlas;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
public class Place {

	@Id
	@Nullable Long id;

	@Nullable String name;

	@Formula("pg_is_in_recovery()")
	boolean onReplica;

	protected Place() {
	}

	public Place(long id, String name) {
		this.id = id;
		this.name = name;
	}

	public boolean isOnReplica() {
		return this.onReplica;
	}

}
