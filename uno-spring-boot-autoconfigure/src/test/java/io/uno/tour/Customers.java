package io.uno.tour;

import io.uno.crud.UnoDb;
import io.uno.tour.atlas.Customer;

/**
 * A bean that {@link UnoDb} is injected into by type.
 */
public class Customers {

	private final UnoDb<Customer> customers;

	public Customers(UnoDb<Customer> customers) {
		this.customers = customers;
	}

	UnoDb<Customer> db() {
		return this.customers;
	}

}
