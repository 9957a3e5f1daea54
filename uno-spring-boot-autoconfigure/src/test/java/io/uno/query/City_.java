package io.uno.query;

import jakarta.persistence.metamodel.SingularAttribute;
import jakarta.persistence.metamodel.StaticMetamodel;

@StaticMetamodel(City.class)
@SuppressWarnings("NullAway.Init") // by Hibernate
final class City_ {

	static volatile SingularAttribute<City, Integer> population;

	static volatile SingularAttribute<City, Country> country;

	private City_() {
	}

}
