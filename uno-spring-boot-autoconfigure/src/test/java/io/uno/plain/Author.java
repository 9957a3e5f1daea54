package io.uno.plain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
class Author {

	@Id
	@GeneratedValue
	private Long id;

	@Column(length = 100, nullable = false, unique = true)
	private String name;

	protected Author() {
	}

	Author(String name) {
		this.name = name;
	}

	Long getId() {
		return this.id;
	}

	String getName() {
		return this.name;
	}

}
