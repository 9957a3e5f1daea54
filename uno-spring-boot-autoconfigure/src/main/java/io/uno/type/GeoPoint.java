package io.uno.type;

/**
 * A place on the globe in degrees (WGS 84).
 *
 * <p>
 * An attribute of this class needs no annotation: Hibernate keeps it in a column of type
 * {@code point} on PostgreSQL, where x is the longitude and y the latitude, and in a
 * {@code varchar} of the same text form on any other database. Both coordinates come back
 * exactly as they were.
 *
 * <pre class="code">
 * &#064;Entity
 * class City {
 *
 * 	GeoPoint location;
 *
 * }
 * </pre>
 *
 * <p>
 * PostgreSQL has no operator {@code =} for points, so a query cannot compare this
 * attribute with {@code =}, and it cannot be part of a key.
 *
 * @param latitude degrees north of the equator, from -90 to 90
 * @param longitude degrees east of Greenwich, from -180 to 180
 * @since 0.1.0
 */
public record GeoPoint(double latitude, double longitude) {

	/**
	 * Create a point.
	 * @param latitude degrees north of the equator, from -90 to 90
	 * @param longitude degrees east of Greenwich, from -180 to 180
	 * @throws IllegalArgumentException if a coordinate is out of range or not a number
	 */
	public GeoPoint {
		requireWithin("Latitude", latitude, 90);
		requireWithin("Longitude", longitude, 180);
	}

	private static void requireWithin(String name, double degrees, int limit) {
		// written so that NaN is refused too
		if (!(Math.abs(degrees) <= limit)) {
			throw new IllegalArgumentException(
					"%s %s is not within -%d and %d degrees".formatted(name, degrees, limit, limit));
		}
	}

}
