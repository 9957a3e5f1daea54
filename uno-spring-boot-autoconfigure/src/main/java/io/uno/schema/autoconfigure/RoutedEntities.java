package io.uno.schema.autoconfigure;

import io.uno.datasource.Databases;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.DatabaseReason;
import io.uno.schema.EntityDatabases;

/**
 * Entities that belong to the databases that they or their packages name.
 *
 * @param databases all databases
 * @param claims where a database is claimed
 */
record RoutedEntities(Databases databases, DatabaseClaims claims) implements EntityDatabases {

	@Override
	public String ownerOf(Class<?> entity) {
		return this.claims.ownerOf(entity).name();
	}

	@Override
	public String require(String name) {
		return this.databases.get(name).name();
	}

	@Override
	public String getDefault() {
		return this.databases.getDefault().name();
	}

	@Override
	public void claim(String name) {
		this.claims.claim(name, DatabaseReason.ENTITY);
	}

}
