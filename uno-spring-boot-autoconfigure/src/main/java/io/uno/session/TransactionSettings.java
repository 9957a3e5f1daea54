package io.uno.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.util.Assert;

/**
 * How the transactions of a template are to be. Immutable.
 *
 * @param claim database, freshness and context
 * @param isolation how they are isolated
 * @param timeout how long they may last, {@code null} for as long as they like
 * @param propagation how they take part in others
 * @param name what they are called, {@code null} if nobody has said
 * @param retry when they are tried again, {@code null} for never
 * @param dryRun whether they are undone
 * @param afterCommit what is run after they have been committed
 * @param afterRollback what is run after they have been rolled back
 */
record TransactionSettings(TransactionClaim claim, Isolation isolation, @Nullable Duration timeout,
		Propagation propagation, @Nullable String name, @Nullable Retry retry, boolean dryRun,
		List<Runnable> afterCommit, List<Runnable> afterRollback) {

	private static final Set<Propagation> OUTSIDE = Set.of(Propagation.SUPPORTS, Propagation.NOT_SUPPORTED);

	static TransactionSettings none(TransactionClaim claim) {
		return new TransactionSettings(claim, Isolation.DEFAULT, null, Propagation.REQUIRED, null, null, false,
				List.of(), List.of());
	}

	TransactionSettings with(TransactionClaim changed) {
		return new TransactionSettings(changed, this.isolation, this.timeout, this.propagation, this.name, this.retry,
				this.dryRun, this.afterCommit, this.afterRollback);
	}

	TransactionSettings with(Isolation changed) {
		return new TransactionSettings(this.claim, changed, this.timeout, this.propagation, this.name, this.retry,
				this.dryRun, this.afterCommit, this.afterRollback);
	}

	TransactionSettings with(Duration changed) {
		Assert.isTrue(changed.toMillis() >= 1,
				() -> "A transaction needs at least 1 ms, not %s; leave out timeout(...) for one that may last as long as it likes"
					.formatted(changed));
		return new TransactionSettings(this.claim, this.isolation, changed, this.propagation, this.name, this.retry,
				this.dryRun, this.afterCommit, this.afterRollback);
	}

	TransactionSettings with(Propagation changed) {
		Assert.isTrue(!OUTSIDE.contains(changed),
				() -> "Work of a template always runs in a transaction, which Propagation.%s does not make sure of; choose REQUIRED, REQUIRES_NEW, MANDATORY, NESTED or NEVER"
					.formatted(changed));
		return new TransactionSettings(this.claim, this.isolation, this.timeout, changed, this.name, this.retry,
				this.dryRun, this.afterCommit, this.afterRollback);
	}

	TransactionSettings named(String changed) {
		Assert.hasText(changed, "The name of a transaction must not be empty");
		return new TransactionSettings(this.claim.named(changed), this.isolation, this.timeout, this.propagation,
				changed, this.retry, this.dryRun, this.afterCommit, this.afterRollback);
	}

	TransactionSettings with(Retry changed) {
		return new TransactionSettings(this.claim.connecting(changed), this.isolation, this.timeout, this.propagation,
				this.name, changed, this.dryRun, this.afterCommit, this.afterRollback);
	}

	TransactionSettings undone() {
		return new TransactionSettings(this.claim, this.isolation, this.timeout, this.propagation, this.name,
				this.retry, true, this.afterCommit, this.afterRollback);
	}

	TransactionSettings afterCommit(Runnable hook) {
		return new TransactionSettings(this.claim, this.isolation, this.timeout, this.propagation, this.name,
				this.retry, this.dryRun, and(this.afterCommit, hook), this.afterRollback);
	}

	TransactionSettings afterRollback(Runnable hook) {
		return new TransactionSettings(this.claim, this.isolation, this.timeout, this.propagation, this.name,
				this.retry, this.dryRun, this.afterCommit, and(this.afterRollback, hook));
	}

	private static List<Runnable> and(List<Runnable> hooks, Runnable further) {
		List<Runnable> all = new ArrayList<>(hooks);
		all.add(further);
		return List.copyOf(all);
	}

	/**
	 * Spring counts in whole seconds, of which a started one counts as a whole.
	 */
	int timeoutInSeconds() {
		Duration limit = this.timeout;
		Assert.state(limit != null, "No timeout");
		return Math.toIntExact(Math.min(Integer.MAX_VALUE, limit.plusSeconds(1).minusNanos(1).toSeconds()));
	}

	boolean hasHooks() {
		return !this.afterCommit.isEmpty() || !this.afterRollback.isEmpty();
	}

}
