package io.uno.sample.atlas;

import java.util.Objects;

import io.uno.type.GeoPoint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a city shall be from now on.
 *
 * @param geonameId may be left out; cannot be changed
 * @param name the name
 * @param country may be left out; cannot be changed
 * @param region may be left out; cannot be changed
 * @param feature the kind of place
 * @param population the number of inhabitants
 * @param latitude degrees north of the equator
 * @param longitude degrees east of Greenwich
 * @param version the version that the change was made to
 */
public record CityChange(@Nullable Long geonameId, @NotBlank @Size(max = 255) String name, @Nullable String country,
		@Nullable String region, @NotNull Feature feature, @NotNull @PositiveOrZero Integer population,
		@NotNull @DecimalMin("-90") @DecimalMax("90") Double latitude,
		@NotNull @DecimalMin("-180") @DecimalMax("180") Double longitude, @NotNull Integer version) {

	GeoPoint location() {
		return new GeoPoint(this.latitude, this.longitude);
	}

	void requireSameIdentity(City city) {
		requireSame("geonameId", this.geonameId, city.getGeonameId());
		requireSame("country", this.country, city.getCountry().getCode());
		requireSame("region", this.region, city.getRegionCode());
	}

	private static void requireSame(String attribute, @Nullable Object given, @Nullable Object fixed) {
		if (given != null && !Objects.equals(given, fixed)) {
			throw new FixedAttributeException(attribute, fixed);
		}
	}

}
