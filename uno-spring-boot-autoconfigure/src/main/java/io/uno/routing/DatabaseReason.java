package io.uno.routing;

/**
 * Why a route leads to its database. The first one that applies, in this order.
 *
 * @since 0.1.0
 */
public enum DatabaseReason {

	/** A template names it: {@code sessions.on(...)}, {@code routing.on(...)}. */
	SCOPE("a template names it"),

	/** An annotation names it: {@code @Transactional("...")}, {@code @UseDatabase}. */
	ANNOTATION("an annotation names it"),

	/** The entity or the repository that the work is on belongs to it. */
	ENTITY("the entity belongs to it"),

	/** A {@link DatabaseRule} says so. */
	RULE("a rule says so"),

	/** Nothing else says anything. */
	DEFAULT("it is the default");

	private final String description;

	DatabaseReason(String description) {
		this.description = description;
	}

	/**
	 * Says the reason in words.
	 * @return a part of a sentence, without a full stop
	 */
	public String getDescription() {
		return this.description;
	}

}
