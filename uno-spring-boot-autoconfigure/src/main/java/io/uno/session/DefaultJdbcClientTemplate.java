package io.uno.session;

import javax.sql.DataSource;

import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The template for plain SQL over Spring's transactions.
 */
final class DefaultJdbcClientTemplate extends AbstractTransactionalTemplate<JdbcClientTemplate>
		implements JdbcClientTemplate {

	private final DataSource dataSource;

	private final JdbcClient client;

	DefaultJdbcClientTemplate(TransactionResources resources, TransactionSettings settings) {
		super(resources, settings, "JdbcClientTemplate");
		this.dataSource = dataSource(resources);
		this.client = JdbcClient.create(settings.claim().jdbc(this.dataSource));
	}

	private static DataSource dataSource(TransactionResources resources) {
		DataSource dataSource = (resources.entityManagerFactory() instanceof EntityManagerFactoryInfo factory)
				? factory.getDataSource() : null;
		if (dataSource == null) {
			throw new IllegalStateException(
					"%s does not tell its data source, so that no JdbcClient can share its transactions; create it by Spring's LocalContainerEntityManagerFactoryBean with a data source"
						.formatted(resources.entityManagerFactory()));
		}
		return dataSource;
	}

	@Override
	JdbcClientTemplate with(TransactionResources resources, TransactionSettings settings) {
		return new DefaultJdbcClientTemplate(resources, settings);
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T read(TransactionWork<JdbcClient, T, X> work) throws X {
		return transactions().<T, X>read((session) -> joined(session, work));
	}

	@Override
	public <X extends Exception> void readWithoutResult(TransactionAction<JdbcClient, X> work) throws X {
		this.<@Nullable Void, X>read((jdbc) -> {
			work.doInTransaction(jdbc);
			return null;
		});
	}

	@Override
	public <T extends @Nullable Object, X extends Exception> T write(TransactionWork<JdbcClient, T, X> work) throws X {
		return transactions().<T, X>write((session) -> joined(session, work));
	}

	@Override
	public <X extends Exception> void writeWithoutResult(TransactionAction<JdbcClient, X> work) throws X {
		this.<@Nullable Void, X>write((jdbc) -> {
			work.doInTransaction(jdbc);
			return null;
		});
	}

	private <T extends @Nullable Object, X extends Exception> T joined(Session around,
			TransactionWork<JdbcClient, T, X> work) throws X {
		if (!TransactionSynchronizationManager.hasResource(this.dataSource)) {
			// each statement would commit by itself
			throw new IllegalStateException(
					"%s does not share its transactions with JDBC on %s; have it manage that data source"
						.formatted(resources().transactionManager(), this.dataSource));
		}
		DefaultStatelessSessionTemplate.sendPending(around);
		return work.doInTransaction(this.client);
	}

}
