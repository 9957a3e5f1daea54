package io.uno.routing.twins.atlas;

import io.uno.routing.twins.OfJournal;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * Lies in a package of the one database, and names the other.
 */
@Entity
@Table(name = "item")
@OfJournal
public class NamedItem {

	@Id
	private Long id;

	private String name;

	public String getName() {
		return this.name;
	}

}
