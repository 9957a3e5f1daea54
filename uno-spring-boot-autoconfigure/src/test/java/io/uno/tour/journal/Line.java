package io.uno.tour.journal;

import io.uno.model.UnoModel;
import jakarta.persistence.Entity;

@Entity
public class Line extends UnoModel {

	private String text;

	protected Line() {
	}

	public Line(String text) {
		this.text = text;
	}

}
