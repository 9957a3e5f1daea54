package io.uno.docs.atlas;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Country {

	@Id
	private Long id;

	@Column(unique = true)
	private String code;

	protected Country() {
	}

	public Country(Long id, String code) {
		this.id = id;
		this.code = code;
	}

	public static Country of(String code) {
		return new Country(null, code);
	}

	public Long getId() {
		return this.id;
	}

}
