package io.uno.routing.autoconfigure;

import java.util.Locale;

/**
 * Codes under which accesses and reasons are told, such as {@code replica-in-turn}: the
 * same in metrics, in the endpoint and in the guide.
 */
final class RouteCode {

	private RouteCode() {
	}

	static String of(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
