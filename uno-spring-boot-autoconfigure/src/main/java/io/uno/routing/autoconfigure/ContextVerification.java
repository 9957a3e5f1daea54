package io.uno.routing.autoconfigure;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.routing.RoutingDataSource;
import io.uno.routing.autoconfigure.ContextProperties.Verify;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Looks at start whether row security holds back the users that the application connects
 * as, where roles or tenants are to be separated. One query for each such database, after
 * the migrations.
 */
class ContextVerification implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ContextVerification.class);

	private static final String QUERY = """
			select rolname, rolsuper, rolbypassrls, array(
				select format('%I.%I', nspname, relname) from pg_class join pg_namespace n on n.oid = relnamespace
				where relkind in ('r', 'p') and relrowsecurity and not relforcerowsecurity
					and pg_has_role(login.oid, relowner, 'usage') order by 1)
			from pg_roles login where rolname = current_user
			""";

	private final Verify verify;

	private final Databases databases;

	private final Predicate<Database> separated;

	private final Supplier<DataSource> dataSource;

	/**
	 * Creates a verification.
	 * @param verify what happens when it fails
	 * @param databases all databases
	 * @param separated whether roles or tenants are to be separated on a database
	 * @param dataSource where its connections come from
	 */
	ContextVerification(Verify verify, Databases databases, Predicate<Database> separated,
			Supplier<DataSource> dataSource) {
		this.verify = verify;
		this.databases = databases;
		this.separated = separated;
		this.dataSource = dataSource;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.verify == Verify.OFF) {
			return;
		}
		List<UnheldLogin> unheld = new ArrayList<>();
		for (Database database : this.databases.all()) {
			if (this.separated.test(database)) {
				examine(database, unheld);
			}
		}
		if (unheld.isEmpty()) {
			return;
		}
		if (this.verify == Verify.FAIL) {
			throw new UnheldLoginException(unheld);
		}
		logger.warn(UnheldLoginException.describe(unheld));
	}

	private void examine(Database database, List<UnheldLogin> unheld) {
		try {
			DataSource routed = this.dataSource.get();
			if (!routed.isWrapperFor(RoutingDataSource.class)) {
				return;
			}
			DataSource pool = routed.unwrap(RoutingDataSource.class).getResolvedDataSources().get(database.main().id());
			try (Connection connection = Objects.requireNonNull(pool).getConnection()) {
				examine(connection, database, unheld);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(
					"Failed to ask database '%s' whether row security holds back the application; 'uno.context.verify=off' starts without asking"
						.formatted(database.name()),
					ex);
		}
	}

	private static void examine(Connection connection, Database database, List<UnheldLogin> unheld)
			throws SQLException {
		if (!"PostgreSQL".equals(connection.getMetaData().getDatabaseProductName())) {
			return;
		}
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(QUERY)) {
			row.next();
			UnheldLogin login = new UnheldLogin(database.name(), row.getString(1), row.getBoolean(2), row.getBoolean(3),
					texts(row.getArray(4)));
			if (!login.isHeld()) {
				unheld.add(login);
			}
		}
		if (!connection.getAutoCommit()) {
			connection.rollback();
		}
	}

	private static List<String> texts(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

}
