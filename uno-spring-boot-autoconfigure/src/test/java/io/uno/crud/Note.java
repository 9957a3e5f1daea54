package io.uno.crud;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity(name = "CrudNote")
class Note {

	@Id
	@Nullable Long id;

	@Nullable String line;

	protected Note() {
	}

	Note(@Nullable Long id, String line) {
		this.id = id;
		this.line = line;
	}

}
