package io.uno.routing.twins.atlas;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "leaf")
public class AtlasLeaf extends AtlasRoot {

	private String color;

	public String getColor() {
		return this.color;
	}

}
