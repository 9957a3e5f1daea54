package io.uno.crud.autoconfigure.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

@Entity
public class Entry {

	@Id
	@Nullable Long id;

	@Column(unique = true)
	@Nullable String line;

	@Formula("current_database()")
	@Nullable String database;

	protected Entry() {
	}

	public Entry(long id, String line) {
		this.id = id;
		this.line = line;
	}

	public @Nullable String getDatabase() {
		return this.database;
	}

}
