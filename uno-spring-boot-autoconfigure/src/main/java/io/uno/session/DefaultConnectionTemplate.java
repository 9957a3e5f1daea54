package io.uno.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The template over Spring's transactions and its JDBC template.
 */
final class DefaultConnectionTemplate implements ConnectionTemplate {

	private final TransactionTemplate transactions;

	private final JdbcTemplate jdbc;

	private final TransactionClaim claim;

	DefaultConnectionTemplate(DataSource dataSource, PlatformTransactionManager transactionManager,
			TransactionClaim claim) {
		this(transactions(transactionManager), claim.jdbc(dataSource), claim);
	}

	private DefaultConnectionTemplate(TransactionTemplate transactions, JdbcTemplate jdbc, TransactionClaim claim) {
		this.transactions = transactions;
		this.jdbc = jdbc;
		this.claim = claim;
	}

	private static TransactionTemplate transactions(PlatformTransactionManager transactionManager) {
		TransactionTemplate transactions = new TransactionTemplate(transactionManager);
		transactions.setName("ConnectionTemplate.execute");
		return transactions;
	}

	@Override
	public ConnectionTemplate on(String database) {
		return with(this.claim.on(database));
	}

	@Override
	public ConnectionTemplate asRole(String role) {
		return with(this.claim.as(ContextSetting.ROLE, role));
	}

	@Override
	public ConnectionTemplate asTenant(Object tenant) {
		return with(this.claim.as(ContextSetting.TENANT, tenant.toString()));
	}

	@Override
	public ConnectionTemplate asUser(String user) {
		return with(this.claim.as(ContextSetting.USER, user));
	}

	private ConnectionTemplate with(TransactionClaim changed) {
		return new DefaultConnectionTemplate(this.transactions, this.jdbc, changed);
	}

	@Override
	public <T extends @Nullable Object> T execute(ConnectionCallback<T> work) {
		return this.claim.<T>around(() -> this.transactions.execute((status) -> {
			requireSameDataSource();
			this.claim.claim(status);
			return this.jdbc.execute(work);
		}));
	}

	@Override
	public Connection open() {
		DataSource dataSource = Objects.requireNonNull(this.jdbc.getDataSource());
		if (TransactionSynchronizationManager.isActualTransactionActive()) {
			return this.claim.<Connection>around(() -> {
				requireSameDataSource();
				this.claim.join();
				return SharedConnection.of(DataSourceUtils.getConnection(dataSource), dataSource);
			});
		}
		try {
			return this.claim.open(dataSource);
		}
		catch (SQLException ex) {
			throw new CannotGetJdbcConnectionException("Failed to open a connection", ex);
		}
	}

	/**
	 * Outside of the transaction each statement would commit by itself.
	 */
	private void requireSameDataSource() {
		DataSource dataSource = Objects.requireNonNull(this.jdbc.getDataSource());
		if (this.transactions.getTransactionManager() instanceof ResourceTransactionManager manager
				&& !TransactionSynchronizationManager.hasResource(dataSource)) {
			throw new IllegalStateException(
					"%s does not manage transactions of %s; create a ConnectionTemplate for the data source that it manages"
						.formatted(manager, dataSource));
		}
	}

}
