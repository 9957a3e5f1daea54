package io.uno.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.data.domain.Sort;

/**
 * An attribute to sort by.
 */
record SortKey(AttributePath path, boolean ascending) {

	/**
	 * Read an order such as {@code -population, name}.
	 */
	static List<SortKey> parse(String text) {
		List<SortKey> keys = new ArrayList<>();
		int start = 0;
		for (String part : text.split(",", -1)) {
			keys.add(parse(part.strip(), new Origin(text, start + part.length() - part.stripLeading().length() + 1)));
			start += part.length() + 1;
		}
		return distinct(keys);
	}

	private static SortKey parse(String part, Origin origin) {
		if (part.isEmpty()) {
			throw origin.refuse("Expected an attribute to sort by, with '-' in front for descending order");
		}
		boolean signed = part.startsWith("-") || part.startsWith("+");
		AttributePath path = signed ? AttributePath.of(part.substring(1), origin.plus(1))
				: AttributePath.of(part, origin);
		return new SortKey(path, !part.startsWith("-"));
	}

	static List<SortKey> of(Sort sort) {
		return distinct(sort.stream().map(SortKey::of).toList());
	}

	private static SortKey of(Sort.Order order) {
		if (order.isIgnoreCase() || order.getNullHandling() != Sort.NullHandling.NATIVE) {
			throw Origin.CODE
				.refuse("Can't sort by '%s' ignoring case or placing nulls; give property and direction only"
					.formatted(order.getProperty()));
		}
		return new SortKey(AttributePath.of(order.getProperty()), order.isAscending());
	}

	private static List<SortKey> distinct(List<SortKey> keys) {
		Set<AttributePath> paths = new LinkedHashSet<>();
		for (SortKey key : keys) {
			if (!paths.add(key.path())) {
				throw key.path().origin().refuse("'%s' is named twice in the order".formatted(key.path()));
			}
		}
		return List.copyOf(keys);
	}

}
