package io.uno.bulk;

/**
 * A reference that is to be resolved.
 *
 * @param reference the attribute
 * @param target the entity that it refers to
 * @param lenient whether it becomes null when it is not found
 */
record ReferencePlan(MappedReference reference, ReferenceTarget target, boolean lenient) {

	/**
	 * Say why a row with an unresolved reference is bad.
	 * @param resolution what became of the reference
	 * @return the refusal
	 */
	RowRefusedException refusal(Resolution resolution) {
		String reason = switch (resolution.problem()) {
			case AMBIGUOUS -> "several %s have %s".formatted(this.target.name(), resolution.key());
			case INCOMPLETE -> "the %s has neither an id nor all attributes of one of its unique keys %s"
				.formatted(this.target.name(), resolution.key());
			default -> "there is no %s with %s".formatted(this.target.name(), resolution.key());
		};
		return new RowRefusedException(this.reference.attribute(), null, reason, null);
	}

	/**
	 * Return whether a row with the resolution can be written.
	 * @param resolution what became of the reference
	 * @return whether it was found or may be missing
	 */
	boolean accepts(Resolution resolution) {
		return switch (resolution.problem()) {
			case NONE -> true;
			case MISSING -> this.lenient;
			case AMBIGUOUS, INCOMPLETE -> false;
		};
	}

}
