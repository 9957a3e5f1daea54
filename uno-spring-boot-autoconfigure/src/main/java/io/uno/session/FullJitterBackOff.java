package io.uno.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;

/**
 * Waits for a random time between nothing and a limit that doubles with each retry, so
 * that transactions in conflict don't meet again. Spring's own exponential back-off never
 * waits less than its base delay, which keeps them in step.
 *
 * @param first limit of the first wait
 * @param longest limit that the doubling ends at
 * @param retries how often it is tried again
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>
 */
record FullJitterBackOff(Duration first, Duration longest, int retries) implements BackOff {

	@Override
	public BackOffExecution start() {
		return new Waits();
	}

	private final class Waits implements BackOffExecution {

		private int done;

		private long limit = FullJitterBackOff.this.first.toMillis();

		@Override
		public long nextBackOff() {
			if (this.done++ >= FullJitterBackOff.this.retries) {
				return STOP;
			}
			long wait = ThreadLocalRandom.current().nextLong(this.limit + 1);
			this.limit = Math.min(this.limit * 2, FullJitterBackOff.this.longest.toMillis());
			return wait;
		}

	}

}
