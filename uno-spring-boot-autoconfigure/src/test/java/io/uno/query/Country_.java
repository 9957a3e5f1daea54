package io.uno.query;

import jakarta.persistence.metamodel.SingularAttribute;
import jakarta.persistence.metamodel.StaticMetamodel;

@StaticMetamodel(Country.class)
@SuppressWarnings("NullAway.Init") // by Hibernate
final class Country_ {

	static volatile SingularAttribute<Country, String> code;

	private Country_() {
	}

}
