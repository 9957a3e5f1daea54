package io.uno.sample.journal;

import jakarta.persistence.Embeddable;

/**
 * What came of an import.
 *
 * @param countries number of countries loaded
 * @param regions number of regions loaded
 * @param cities number of cities loaded
 * @param rejected number of rows that could not be read
 * @param unresolvedRegions number of cities that name a region which is not known
 */
@Embeddable
public record Figures(long countries, long regions, long cities, long rejected, long unresolvedRegions) {

}
