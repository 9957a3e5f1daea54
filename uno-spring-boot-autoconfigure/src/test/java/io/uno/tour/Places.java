package io.uno.tour;

import java.util.List;

import io.uno.tour.atlas.City;
import io.uno.tour.atlas.CityRepository;
import io.uno.tour.journal.Line;
import io.uno.tour.journal.LineRepository;

import org.springframework.transaction.annotation.Transactional;

/**
 * A bean as applications have it.
 */
public class Places {

	private final CityRepository cities;

	private final LineRepository lines;

	public Places(CityRepository cities, LineRepository lines) {
		this.cities = cities;
		this.lines = lines;
	}

	@Transactional(readOnly = true)
	public List<City> largest(String country) {
		return this.cities.findByCountryCodeOrderByPopulationDesc(country);
	}

	@Transactional("journal")
	public void log(String text) {
		this.lines.save(new Line(text));
	}

	@Transactional
	public void fail() {
		throw new IllegalStateException("no such place");
	}

}
