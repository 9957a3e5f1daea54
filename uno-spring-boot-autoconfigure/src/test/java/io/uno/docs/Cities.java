package io.uno.docs;

import java.util.List;

import io.uno.docs.atlas.City;
import io.uno.docs.atlas.CityRepository;
import io.uno.docs.journal.Entry;
import io.uno.docs.journal.EntryRepository;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.Fresh;
import io.uno.routing.Route;
import io.uno.session.RetryTransaction;

import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A bean as applications have it.
 */
public class Cities {

	private final CityRepository cities;

	private final EntryRepository entries;

	private final DatabaseClaims claims;

	public Cities(CityRepository cities, EntryRepository entries, DatabaseClaims claims) {
		this.cities = cities;
		this.entries = entries;
		this.claims = claims;
	}

	@Transactional
	public void rename(long id, String name) {
		this.cities.findById(id).orElseThrow().setName(name);
	}

	@Transactional
	@RetryTransaction(attempts = 3, within = "10s")
	public void settle(long id, String name) {
		this.cities.findById(id).orElseThrow().setName(name);
	}

	@Transactional(readOnly = true)
	public List<City> largest(String country) {
		return this.cities.findByCountryCode(country);
	}

	@Transactional(readOnly = true)
	@Fresh(atMost = "2s")
	public long count() {
		return this.cities.count();
	}

	@Transactional(propagation = Propagation.REQUIRES_NEW)
	public void log(String line) {
		this.entries.save(new Entry(line));
	}

	@Transactional(readOnly = true)
	public Route routeOfARead() {
		this.cities.count();
		return this.claims.currentRoute().orElseThrow();
	}

}
