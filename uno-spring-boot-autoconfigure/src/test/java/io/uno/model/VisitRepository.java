package io.uno.model;

import io.uno.type.Ulid;

import org.springframework.data.jpa.repository.JpaRepository;

interface VisitRepository extends JpaRepository<Visit, Ulid> {

}
