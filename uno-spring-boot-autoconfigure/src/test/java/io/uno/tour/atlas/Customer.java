package io.uno.tour.atlas;

import io.uno.model.UnoModel;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;

@Entity
public class Customer extends UnoModel {

	@Column(nullable = false)
	private String name;

	@Column(nullable = false, unique = true)
	private String email;

	protected Customer() {
	}

	public Customer(String name, String email) {
		this.name = name;
		this.email = email;
	}

	public String getName() {
		return this.name;
	}

	public void rename(String name) {
		this.name = name;
	}

}
