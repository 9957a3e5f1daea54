package io.uno.sample.atlas;

import org.springframework.data.repository.Repository;

interface CountryRepository extends Repository<Country, Long> {

	long count();

}
