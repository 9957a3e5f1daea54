package io.uno.tour;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.uno.tour.atlas.Customer;
import io.uno.event.EntityUpdated;
import io.uno.event.TransactionRolledBack;

import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Listens as applications do.
 */
public class Changes {

	private final List<Set<String>> changed = new CopyOnWriteArrayList<>();

	private final List<String> rolledBack = new CopyOnWriteArrayList<>();

	@TransactionalEventListener
	public void on(EntityUpdated<Customer> updated) {
		this.changed.add(updated.changes().keySet());
	}

	@EventListener
	public void on(TransactionRolledBack rolledBack) {
		this.rolledBack.add(rolledBack.name());
	}

	List<Set<String>> changed() {
		return this.changed;
	}

	List<String> rolledBack() {
		return this.rolledBack;
	}

}
