package io.uno.routing;

import org.springframework.util.Assert;

/**
 * Whose own writes are meant: those of a user, of a session, of a job. Immutable.
 *
 * @param kind what it is, such as {@code user}
 * @param name which one of its kind
 * @since 0.1.0
 */
public record PositionScope(String kind, String name) {

	public PositionScope {
		Assert.hasText(kind, "'kind' must not be empty");
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * The writes of a user.
	 * @param name the user's name
	 * @return the scope
	 */
	public static PositionScope user(String name) {
		return new PositionScope("user", name);
	}

	/**
	 * The writes of an HTTP session.
	 * @param id the session's id
	 * @return the scope
	 */
	public static PositionScope session(String id) {
		return new PositionScope("session", id);
	}

	/**
	 * The writes of anything else.
	 * @param kind what it is, such as {@code job}
	 * @param name which one of its kind
	 * @return the scope
	 */
	public static PositionScope of(String kind, String name) {
		return new PositionScope(kind, name);
	}

	@Override
	public String toString() {
		return this.kind + " " + this.name;
	}

}
