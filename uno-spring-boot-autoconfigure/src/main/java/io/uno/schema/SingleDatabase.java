package io.uno.schema;

import org.springframework.util.Assert;

/**
 * The one database of an application that names none.
 */
record SingleDatabase() implements EntityDatabases {

	private static final String NAME = "default";

	@Override
	public String ownerOf(Class<?> entity) {
		return NAME;
	}

	@Override
	public String require(String name) {
		Assert.isTrue(NAME.equals(name),
				() -> "No database is called '%s': the application has one data source, called '%s', and no 'uno.databases.%s.url'"
					.formatted(name, NAME, name));
		return name;
	}

	@Override
	public String getDefault() {
		return NAME;
	}

	@Override
	public void claim(String name) {
		// there is no other
	}

}
