package io.uno.crud;

import java.io.Serializable;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import org.jspecify.annotations.Nullable;

@Entity(name = "CrudSeat")
@IdClass(Seat.Key.class)
class Seat {

	record Key(long hall, int number) implements Serializable {

	}

	@Id
	long hall;

	@Id
	int number;

	@Nullable String holder;

	protected Seat() {
	}

	Seat(long hall, int number, @Nullable String holder) {
		this.hall = hall;
		this.number = number;
		this.holder = holder;
	}

	@Override
	public String toString() {
		return this.hall + "/" + this.number;
	}

}
