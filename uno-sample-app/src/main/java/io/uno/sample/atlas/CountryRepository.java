package io.uno.sample.atlas;

import java.util.List;

import org.springframework.data.repository.Repository;

interface CountryRepository extends Repository<Country, Long> {

	long count();

	List<Country> findAllByOrderByName();

}
