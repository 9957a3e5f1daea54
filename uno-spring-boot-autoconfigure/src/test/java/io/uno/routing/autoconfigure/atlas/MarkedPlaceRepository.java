package io.uno.routing.autoconfigure.atlas;

import java.util.List;

import io.uno.routing.Fresh;
import io.uno.routing.Freshness;
import io.uno.routing.UseDatabase;

import org.springframework.data.repository.Repository;

public interface MarkedPlaceRepository extends Repository<Place, Long> {

	@Fresh(Freshness.Level.LATEST)
	List<Place> findByName(String name);

	@UseDatabase("journal")
	List<Place> findByNameStartingWith(String start);

	List<Place> findByNameEndingWith(String end);

}
