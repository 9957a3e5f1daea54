package io.uno.sample.web;

import java.util.List;
import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.util.MultiValueMap;

/**
 * Which cities are wanted. What is left out is not asked for; the largest 20 come first.
 */
record CityQuery(@Size(max = 255) String name,
		@Pattern(regexp = "[A-Z]{2}", message = "{city.country}") @Nullable String country,
		@PositiveOrZero Integer minPopulation,
		@Pattern(regexp = "-?(geonameId|name|population)", message = "{city.sort}") String sort,
		@Min(1) @Max(1000) Integer limit, @Nullable Long after) {

	private static final List<String> PARAMETERS = List.of("name", "country", "minPopulation", "sort", "limit",
			"after");

	@SuppressWarnings("ConstantValue")
	CityQuery(@Nullable String name, @Nullable String country, @Nullable Integer minPopulation, @Nullable String sort,
			@Nullable Integer limit, @Nullable Long after) {
		this.name = (name != null) ? name : "";
		this.country = country;
		this.minPopulation = (minPopulation != null) ? minPopulation : 0;
		this.sort = (sort != null) ? sort : "-population";
		this.limit = (limit != null) ? limit : 20;
		this.after = after;
	}

	/**
	 * Refuses parameters that would be ignored.
	 */
	static void requireKnown(MultiValueMap<String, String> parameters) {
		for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
			if (!PARAMETERS.contains(parameter.getKey())) {
				throw new InvalidParameterException(parameter.getKey(), "is unknown, known are " + PARAMETERS);
			}
			if (parameter.getValue().size() > 1) {
				throw new InvalidParameterException(parameter.getKey(), "is given more than once");
			}
		}
	}

	Sort order() {
		Direction direction = this.sort.startsWith("-") ? Direction.DESC : Direction.ASC;
		String property = this.sort.replace("-", "");
		Sort order = Sort.by(direction, property);
		return property.equals("geonameId") ? order : order.and(Sort.by("geonameId"));
	}

}
