package io.uno.sample.web;

import java.util.List;

import io.uno.sample.atlas.Cities;
import io.uno.sample.atlas.CityChange;
import jakarta.validation.Valid;

import org.springframework.data.domain.Window;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;

@RestController
@RequestMapping("/api/cities")
class CityController {

	private final Cities cities;

	CityController(Cities cities) {
		this.cities = cities;
	}

	@GetMapping
	ResponseEntity<List<CityView>> search(@Valid CityQuery query,
			@RequestParam MultiValueMap<String, String> parameters) {
		CityQuery.requireKnown(parameters);
		Window<CityView> found = this.cities
			.search(query.name(), query.country(), query.minPopulation(), query.order(), query.limit(), query.after())
			.map(CityView::of);
		HttpHeaders headers = new HttpHeaders();
		if (found.hasNext()) {
			headers.set(HttpHeaders.LINK, next(found.getContent()));
		}
		return ResponseEntity.ok().headers(headers).body(found.getContent());
	}

	/**
	 * The same query again, from where the cities end.
	 */
	private static String next(List<CityView> cities) {
		UriComponents uri = ServletUriComponentsBuilder.fromCurrentRequest()
			.replaceQueryParam("after", cities.get(cities.size() - 1).geonameId())
			.build();
		return "<?%s>; rel=\"next\"".formatted(uri.getQuery());
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
