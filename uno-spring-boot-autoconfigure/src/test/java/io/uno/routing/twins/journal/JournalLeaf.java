package io.uno.routing.twins.journal;

import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "leaf")
public class JournalLeaf extends JournalRoot {

	private String color;

	public String getColor() {
		return this.color;
	}

}
