package io.uno.sample.atlas;

import org.jspecify.annotations.Nullable;

/**
 * A change was asked for of what cannot change.
 */
public class FixedAttributeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String attribute;

	FixedAttributeException(String attribute, @Nullable Object value) {
		super("cannot be changed, it is %s".formatted(value));
		this.attribute = attribute;
	}

	public String getAttribute() {
		return this.attribute;
	}

}
