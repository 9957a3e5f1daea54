package io.uno.plain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;

@Entity
class Book {

	@Id
	@GeneratedValue
	private Long id;

	@Version
	private int version;

	@Column(length = 200, nullable = false)
	private String title;

	private int published;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	private Author author;

	protected Book() {
	}

	Book(String title, int published, Author author) {
		this.title = title;
		this.published = published;
		this.author = author;
	}

	Long getId() {
		return this.id;
	}

	int getVersion() {
		return this.version;
	}

	String getTitle() {
		return this.title;
	}

	void setTitle(String title) {
		this.title = title;
	}

	Author getAuthor() {
		return this.author;
	}

}
