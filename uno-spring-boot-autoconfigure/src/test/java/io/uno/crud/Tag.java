package io.uno.crud;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

@Entity(name = "CrudTag")
class Tag {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	@Nullable Long id;

	@Column(unique = true, nullable = false)
	@Nullable String label;

	protected Tag() {
	}

	Tag(@Nullable String label) {
		this.label = label;
	}

}
