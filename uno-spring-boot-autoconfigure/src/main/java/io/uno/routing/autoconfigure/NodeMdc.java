package io.uno.routing.autoconfigure;

import java.util.function.Consumer;

import io.uno.routing.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the node that the current thread works on into each line of the log. Loaded only
 * where SLF4J is there.
 */
final class NodeMdc implements Consumer<@Nullable Route> {

	static final String KEY = "uno.node";

	@Override
	public void accept(@Nullable Route route) {
		if (route != null) {
			MDC.put(KEY, route.node().id());
		}
		else {
			MDC.remove(KEY);
		}
	}

}
