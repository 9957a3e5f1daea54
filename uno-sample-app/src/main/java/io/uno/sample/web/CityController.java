package io.uno.sample.web;

import java.util.List;

import io.uno.sample.atlas.Cities;
import io.uno.sample.atlas.CityChange;
import jakarta.validation.Valid;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/cities")
class CityController {

	private final Cities cities;

	CityController(Cities cities) {
		this.cities = cities;
	}

	@GetMapping
	List<CityView> search(@Valid CityQuery query, @RequestParam MultiValueMap<String, String> parameters) {
		CityQuery.requireKnown(parameters);
		return this.cities.search(query.country(), query.minPopulation(), query.order(), query.limit())
			.stream()
			.map(CityView::of)
			.toList();
	}

	@GetMapping("/{geonameId}")
	CityView get(@PathVariable long geonameId) {
		return CityView.of(this.cities.get(geonameId));
	}

	@PutMapping("/{geonameId}")
	CityView change(@PathVariable long geonameId, @RequestBody @Valid CityChange change) {
		return CityView.of(this.cities.change(geonameId, change));
	}

}
