package io.uno.bulk;

import org.springframework.util.Assert;

/**
 * What happens to bad rows of a bulk operation.
 *
 * @param limit how many bad rows are left out and reported before the operation is given
 * up
 * @since 0.1.0
 */
public record ErrorPolicy(int limit) {

	/**
	 * Create a policy.
	 * @param limit how many bad rows are left out and reported before the operation is
	 * given up
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public ErrorPolicy {
		Assert.isTrue(limit >= 0, () -> "The limit of bad rows must not be negative, but is " + limit);
	}

	/**
	 * Give up at the first bad row.
	 * @return the policy
	 */
	public static ErrorPolicy abort() {
		return new ErrorPolicy(0);
	}

	/**
	 * Leave bad rows out and report them, and give up when there are more than a number.
	 * @param limit how many bad rows are left out
	 * @return the policy
	 */
	public static ErrorPolicy collect(int limit) {
		return new ErrorPolicy(limit);
	}

}
