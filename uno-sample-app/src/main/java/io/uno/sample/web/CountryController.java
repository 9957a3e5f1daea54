package io.uno.sample.web;

import java.util.List;

import io.uno.sample.atlas.Countries;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/countries")
class CountryController {

	private final Countries countries;

	CountryController(Countries countries) {
		this.countries = countries;
	}

	@GetMapping
	List<CountryView> all() {
		return this.countries.all()
			.stream()
			.map((country) -> new CountryView(country.getCode(), country.getName()))
			.toList();
	}

	/**
	 * A country as clients see it.
	 *
	 * @param code the ISO code
	 * @param name the name in English
	 */
	record CountryView(String code, String name) {

	}

}
