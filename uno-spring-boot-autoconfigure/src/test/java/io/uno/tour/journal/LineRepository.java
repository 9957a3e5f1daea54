package io.uno.tour.journal;

import io.uno.type.Ulid;

import org.springframework.data.jpa.repository.JpaRepository;

public interface LineRepository extends JpaRepository<Line, Ulid> {

}
