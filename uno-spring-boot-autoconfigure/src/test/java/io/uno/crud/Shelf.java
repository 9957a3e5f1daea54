package io.uno.crud;

import java.io.Serializable;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

@Entity(name = "CrudShelf")
class Shelf {

	@Embeddable
	record Place(@Nullable String room, @Nullable Integer row) implements Serializable {

	}

	@EmbeddedId
	@Nullable Place place;

	@Column(unique = true)
	@Nullable String label;

	@ManyToOne
	@Nullable Seat seat;

	protected Shelf() {
	}

	Shelf(String room, int row, @Nullable String label) {
		this.place = new Place(room, row);
		this.label = label;
	}

	@Override
	public String toString() {
		return String.valueOf(this.label);
	}

}
