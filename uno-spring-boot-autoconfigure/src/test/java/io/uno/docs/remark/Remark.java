package io.uno.docs.remark;

import io.uno.routing.UseDatabase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
@UseDatabase("journal")
public class Remark {

	@Id
	private Long id;

	private String text;

	protected Remark() {
	}

	public Remark(Long id, String text) {
		this.id = id;
		this.text = text;
	}

	public String getText() {
		return this.text;
	}

}
