package io.uno.sample.atlas;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists countries, on a replica.
 */
@Service
public class Countries {

	private final CountryRepository countries;

	Countries(CountryRepository countries) {
		this.countries = countries;
	}

	@Transactional(readOnly = true)
	public List<Country> all() {
		return this.countries.findAllByOrderByName();
	}

}
