package io.uno.tour.atlas;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.NaturalId;

@Entity
public class Country {

	@Id
	private Long id;

	@NaturalId
	@Column(nullable = false)
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

}
