package io.uno.sample.atlas;

import org.springframework.data.repository.Repository;

interface RegionRepository extends Repository<Region, Long> {

	long count();

}
