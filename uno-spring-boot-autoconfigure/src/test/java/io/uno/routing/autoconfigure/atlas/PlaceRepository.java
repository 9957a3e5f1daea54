package io.uno.routing.autoconfigure.atlas;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

public interface PlaceRepository extends JpaRepository<Place, Long> {

	List<Place> findByName(String name);

}
