package io.uno.docs.tour;

import io.uno.crud.UnoDb;
import io.uno.docs.tour.atlas.Customer;

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
