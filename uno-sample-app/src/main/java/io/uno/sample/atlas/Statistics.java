package io.uno.sample.atlas;

/**
 * The atlas in figures.
 *
 * @param countries number of countries
 * @param regions number of regions
 * @param cities number of cities
 * @param population of all cities together
 * @param unresolvedRegions number of cities that name a region which is not known
 * @param node the server that counted
 */
public record Statistics(long countries, long regions, long cities, long population, long unresolvedRegions,
		AnsweringNode node) {

}
