package io.uno.routing.twins;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;

/**
 * What the roots of both databases' hierarchies have in common.
 */
@MappedSuperclass
public abstract class Root {

	@Id
	private Long id;

	private String name;

	public Long getId() {
		return this.id;
	}

	public String getName() {
		return this.name;
	}

}
