package io.uno.routing.autoconfigure.answer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/**
 * A row of a view that says of each row whether the server that answers is a replica.
 */
@Entity
public class Answer {

	@Id
	private int id;

	private String text;

	@Column(insertable = false, updatable = false)
	private boolean replica;

	protected Answer() {
	}

	public Answer(int id, String text) {
		this.id = id;
		this.text = text;
	}

	public int getId() {
		return this.id;
	}

	public String getText() {
		return this.text;
	}

	public void setText(String text) {
		this.text = text;
	}

	public boolean isReplica() {
		return this.replica;
	}

}
