package io.uno.docs.journal;

import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
public class Entry {

	@Id
	@GeneratedValue
	private UUID id;

	private String line;

	protected Entry() {
	}

	public Entry(String line) {
		this.line = line;
	}

	public String getLine() {
		return this.line;
	}

}
