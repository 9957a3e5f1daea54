package io.uno.session;

import java.time.Duration;

import io.uno.dialect.ContextSetting;
import io.uno.routing.Freshness;
import io.uno.routing.TransactionContext;

import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;

/**
 * Refines templates. Immutable.
 *
 * @param <S> type of the template itself
 */
abstract class AbstractTransactionalTemplate<S extends TransactionalTemplate<S>> implements TransactionalTemplate<S> {

	private final TransactionResources resources;

	private final TransactionSettings settings;

	private final TemplateTransactions transactions;

	AbstractTransactionalTemplate(TransactionResources resources, TransactionSettings settings, String kind) {
		this.resources = resources;
		this.settings = settings;
		this.transactions = new TemplateTransactions(resources, settings, kind);
	}

	/**
	 * A copy of this template with other settings.
	 */
	abstract S with(TransactionResources known, TransactionSettings changed);

	TransactionResources resources() {
		return this.resources;
	}

	TransactionSettings settings() {
		return this.settings;
	}

	TemplateTransactions transactions() {
		return this.transactions;
	}

	private S with(TransactionSettings changed) {
		return with(this.resources, changed);
	}

	@Override
	public S on(String database) {
		return with(this.settings.with(this.settings.claim().on(database)));
	}

	@Override
	public S freshness(Freshness freshness) {
		return with(this.settings.with(this.settings.claim().freshness(freshness)));
	}

	@Override
	public S asRole(String role) {
		return with(this.settings.with(this.settings.claim().as(ContextSetting.ROLE, role)));
	}

	@Override
	public S asTenant(Object tenant) {
		return with(this.settings.with(this.settings.claim().as(ContextSetting.TENANT, tenant.toString())));
	}

	@Override
	public S asUser(String user) {
		return with(this.settings.with(this.settings.claim().as(ContextSetting.USER, user)));
	}

	@Override
	public S as(TransactionContext context) {
		TransactionClaim claim = this.settings.claim();
		for (ContextSetting setting : ContextSetting.values()) {
			String value = context.get(setting);
			if (value != null) {
				claim = claim.as(setting, value);
			}
		}
		return with(this.settings.with(claim));
	}

	@Override
	public S isolation(Isolation isolation) {
		return with(this.settings.with(isolation));
	}

	@Override
	public S timeout(Duration timeout) {
		return with(this.settings.with(timeout));
	}

	@Override
	public S propagation(Propagation propagation) {
		return with(this.settings.with(propagation));
	}

	@Override
	public S named(String name) {
		return with(this.settings.named(name));
	}

	@Override
	public S retry(int attempts) {
		return retry(Retry.attempts(attempts));
	}

	@Override
	public S retry(Retry retry) {
		return with(this.settings.with(retry));
	}

	@Override
	public S dryRun() {
		return with(this.settings.undone());
	}

	@Override
	public S afterCommit(Runnable hook) {
		return with(this.settings.afterCommit(hook));
	}

	@Override
	public S afterRollback(Runnable hook) {
		return with(this.settings.afterRollback(hook));
	}

}
