package io.uno.web.autoconfigure;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.uno.web.CookieRefusal;
import io.uno.web.PositionCookieListener;

/**
 * Counts cookies that were not taken, and writes that no cookie could carry.
 */
class PositionCookieMetrics implements PositionCookieListener, MeterBinder {

	private final Map<CookieRefusal, LongAdder> refused = new EnumMap<>(CookieRefusal.class);

	private final LongAdder late = new LongAdder();

	PositionCookieMetrics() {
		for (CookieRefusal refusal : CookieRefusal.values()) {
			this.refused.put(refusal, new LongAdder());
		}
	}

	@Override
	public void refused(CookieRefusal refusal) {
		Objects.requireNonNull(this.refused.get(refusal)).increment();
	}

	@Override
	public void late() {
		this.late.increment();
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.refused
			.forEach((refusal, count) -> FunctionCounter.builder("uno.position.cookies.refused", count, LongAdder::sum)
				.description("Cookies with positions that were not taken")
				.tag("reason", refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.register(registry));
		FunctionCounter.builder("uno.position.cookies.late", this.late, LongAdder::sum)
			.description("Writes after the response was sent, whose position no cookie could carry")
			.register(registry);
	}

}
