package io.uno.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.uno.dialect.ContextSetting;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.Freshness;
import io.uno.routing.RouteExceptionTranslator;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.TransactionContext;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * What a template asks of its transactions: the database that they work on, how fresh
 * their data has to be, and on whose behalf they act. Immutable.
 *
 * @param claims where a context is claimed; {@code null} when nothing is routed
 * @param database name of the database that was asked for, {@code null} for none
 * @param routing puts work on a database; {@code null} when nothing was asked for
 * @param context role, tenant and user
 */
record TransactionClaim(@Nullable DatabaseClaims claims, @Nullable String database, @Nullable RoutingTemplate routing,
		TransactionContext context) {

	static TransactionClaim none(@Nullable DatabaseClaims claims) {
		return new TransactionClaim(claims, null, null, TransactionContext.none());
	}

	TransactionClaim on(String name) {
		if (this.claims == null) {
			throw new IllegalStateException(
					"No database is called '%s': the application has one data source; leave out on(...), or declare databases by 'uno.databases.%s.url'"
						.formatted(name, name));
		}
		return new TransactionClaim(this.claims, name, routing(this.claims).on(name), this.context);
	}

	TransactionClaim freshness(Freshness freshness) {
		if (this.claims == null) {
			throw new IllegalStateException(
					"No read can be '%s': the application has one data source without replicas; leave out freshness(...), or declare a replica by 'uno.replicas.<name>.url'"
						.formatted(freshness));
		}
		return new TransactionClaim(this.claims, this.database, routing(this.claims).freshness(freshness),
				this.context);
	}

	/**
	 * Has connections be asked for again, where they are fetched in the transaction.
	 */
	TransactionClaim connecting(Retry retry) {
		return (this.claims != null) ? new TransactionClaim(this.claims, this.database,
				routing(this.claims).connecting(retry.connecting()), this.context) : this;
	}

	private RoutingTemplate routing(DatabaseClaims known) {
		return (this.routing != null) ? this.routing : new RoutingTemplate(known);
	}

	TransactionClaim as(ContextSetting setting, String value) {
		if (this.claims == null) {
			throw new IllegalStateException(
					"No transaction can act with the %s '%s': the data source is not uno's; declare what transactions may act as ('uno.roles'), or a database ('uno.databases.<name>.url')"
						.formatted(setting.name().toLowerCase(Locale.ROOT), value));
		}
		return new TransactionClaim(this.claims, this.database, this.routing, this.context.with(setting, value));
	}

	/**
	 * What the work is called, which a data source that is not uno's can't tell the
	 * server.
	 */
	TransactionClaim named(String name) {
		return (this.claims != null) ? as(ContextSetting.NAME, name) : this;
	}

	/**
	 * Plain SQL whose failures tell where they happened.
	 */
	JdbcTemplate jdbc(DataSource dataSource) {
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		if (this.claims != null) {
			jdbc.setExceptionTranslator(new RouteExceptionTranslator(this.claims));
		}
		return jdbc;
	}

	/**
	 * Begins a transaction on what was asked for, or joins one if it is on that.
	 */
	<T extends @Nullable Object> T around(Supplier<T> transaction) {
		return (this.routing != null) ? this.routing.<T, RuntimeException>call(transaction::get) : transaction.get();
	}

	/**
	 * Opens a connection that works on what was asked for, in no transaction of Spring's.
	 */
	Connection open(DataSource dataSource) throws SQLException {
		DatabaseClaims known = this.claims;
		if (known == null) {
			return OpenedConnection.restoring(dataSource.getConnection());
		}
		return known.<Connection, SQLException>acting(this.context, false,
				() -> (this.routing != null)
						? this.routing.<Connection, SQLException>call(() -> detached(dataSource, known))
						: detached(dataSource, known));
	}

	private static Connection detached(DataSource dataSource, DatabaseClaims claims) throws SQLException {
		Connection connection = dataSource.getConnection();
		try {
			return claims.detach(connection) ? OpenedConnection.of(connection) : OpenedConnection.restoring(connection);
		}
		catch (Throwable ex) {
			connection.close();
			throw ex;
		}
	}

	/**
	 * To be called in a transaction that something is nested in, before its work.
	 */
	void join() {
		if (this.claims != null) {
			this.claims.join(this.context);
		}
	}

	/**
	 * To be called in the transaction, before its work.
	 */
	void claim(TransactionStatus transaction) {
		if (this.claims == null) {
			return;
		}
		if (transaction.isNewTransaction() && !this.context.isEmpty()) {
			this.claims.act(this.context);
		}
		else {
			join();
		}
	}

}
