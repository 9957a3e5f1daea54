package io.uno.tour.atlas;

import io.uno.model.UnoModel;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.ManyToOne;

@Entity
public class Invoice extends UnoModel {

	@ManyToOne(fetch = FetchType.LAZY)
	private Account account;

	private long cents;

	protected Invoice() {
	}

	public Invoice(Account account, long cents) {
		this.account = account;
		this.cents = cents;
	}

	public long getCents() {
		return this.cents;
	}

}
