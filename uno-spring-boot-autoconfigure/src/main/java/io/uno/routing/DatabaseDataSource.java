package io.uno.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

import javax.sql.DataSource;

import io.uno.datasource.Database;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One database of the routing data source, as a data source of its own. Inside a
 * transaction its connections are the transaction's, so that what holds this view and
 * what holds the routing data source commit together.
 */
final class DatabaseDataSource extends AbstractDataSource {

	private final Database database;

	private final DatabaseClaims claims;

	private final DataSource dataSource;

	private final DataSource joining;

	DatabaseDataSource(Database database, DatabaseClaims claims, DataSource dataSource) {
		this.database = database;
		this.claims = claims;
		this.dataSource = dataSource;
		this.joining = new TransactionAwareDataSourceProxy(dataSource);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			this.claims.claim(this.database.name(), DatabaseReason.SCOPE);
			return this.joining.getConnection();
		}
		if (this.dataSource.isWrapperFor(RoutingDataSource.class)) {
			return this.dataSource.unwrap(RoutingDataSource.class).getConnection(this.database);
		}
		return this.dataSource.getConnection();
	}

	/**
	 * Refused, as every node's pool has its own user.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"A connection for a given user can't be routed; every node's pool has its own user");
	}

	@Override
	public String toString() {
		return "Database '%s' of %s".formatted(this.database.name(), this.dataSource);
	}

}
