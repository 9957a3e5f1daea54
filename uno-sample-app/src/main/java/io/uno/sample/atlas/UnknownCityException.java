package io.uno.sample.atlas;

/**
 * There is no city of a GeoNames id.
 */
public class UnknownCityException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnknownCityException(long geonameId) {
		super("There is no city with the GeoNames id %d".formatted(geonameId));
	}

}
