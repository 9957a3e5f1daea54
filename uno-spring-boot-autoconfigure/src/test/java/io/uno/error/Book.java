package io.uno.error;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
class Book {

	@Id
	private Long id;

	private String isbn;

	private String title;

	protected Book() {
	}

	Book(Long id, String isbn, String title) {
		this.id = id;
		this.isbn = isbn;
		this.title = title;
	}

	Long getId() {
		return this.id;
	}

	String getIsbn() {
		return this.isbn;
	}

	void setTitle(String title) {
		this.title = title;
	}

}
