package io.uno.migration;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * What a server is. Two of different versions read the same statements in different ways.
 *
 * @param product the name of the product
 * @param major its major version
 */
record ServerVersion(String product, int major) {

	private static final String POSTGRESQL = "PostgreSQL";

	static ServerVersion of(DataSource dataSource) {
		try {
			return JdbcUtils.extractDatabaseMetaData(dataSource, ServerVersion::of);
		}
		catch (MetaDataAccessException ex) {
			throw new MigrationNotGeneratedException("The version of a server can't be found out: " + ex.getMessage(),
					"See to it that the database can be reached.", ex);
		}
	}

	private static ServerVersion of(DatabaseMetaData metaData) throws SQLException {
		return new ServerVersion(metaData.getDatabaseProductName(), metaData.getDatabaseMajorVersion());
	}

	/**
	 * Compares this version, the scratch server's, with that of the database.
	 */
	void check(MigrationRequest request) {
		ServerVersion database = of(request.flyway().getDataSource());
		if (!database.product.equals(POSTGRESQL)) {
			throw new MigrationNotGeneratedException("Database '%s' is on %s, and migrations are generated for %s only"
				.formatted(request.database(), database, POSTGRESQL), "Write its migrations by hand.");
		}
		if (!equals(database)) {
			throw new MigrationNotGeneratedException(
					"Database '%s' is on %s, and the scratch server is %s".formatted(request.database(), database,
							this),
					"Use a scratch server of the same major version: binaries of it for the embedded server, or a DatabaseAdmin bean.");
		}
	}

	@Override
	public String toString() {
		return this.product + " " + this.major;
	}

}
