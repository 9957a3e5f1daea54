package io.uno.bulk;

import java.time.Duration;
import java.util.List;

/**
 * What a bulk operation did.
 *
 * @param rowsRead the rows taken from the source
 * @param inserted the rows inserted
 * @param updated the rows updated; without {@code COPY}, these include the unchanged ones
 * @param unchanged the rows that were there already with the same values
 * @param rejected the bad rows that were left out, in the order of the source
 * @param unresolved the references that were not found and written as {@code null}, in
 * the order of the source
 * @param elapsed the time taken, without that of a commit by the caller
 * @param plan how it was done, and why
 * @since 0.1.0
 */
public record BulkResult(long rowsRead, long inserted, long updated, long unchanged, List<RejectedRow> rejected,
		List<UnresolvedReference> unresolved, Duration elapsed, BulkPlan plan) {

}
