package io.uno.tour.atlas;

import java.util.ArrayList;
import java.util.List;

import io.uno.model.UnoModel;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;

@Entity
@Inheritance(strategy = InheritanceType.JOINED)
public abstract class Account extends UnoModel {

	private String owner;

	@ManyToOne(fetch = FetchType.LAZY)
	private Account parent;

	@OneToMany(mappedBy = "account", cascade = CascadeType.ALL, orphanRemoval = true)
	private List<Invoice> invoices = new ArrayList<>();

	protected Account() {
	}

	protected Account(String owner, Account parent) {
		this.owner = owner;
		this.parent = parent;
	}

	public String getOwner() {
		return this.owner;
	}

	public Account getParent() {
		return this.parent;
	}

	public List<Invoice> getInvoices() {
		return this.invoices;
	}

}
