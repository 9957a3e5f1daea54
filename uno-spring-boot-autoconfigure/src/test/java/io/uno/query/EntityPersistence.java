package io.uno.query;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.session.SessionExecutor;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.resource.jdbc.spi.StatementInspector;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hibernate over a PostgreSQL database of its own, with the tables of some entities; it
 * remembers the statements that Hibernate prepares.
 */
public final class EntityPersistence implements AutoCloseable {

	private final PostgresCluster cluster = PostgresCluster.shared(0);

	private final HikariDataSource dataSource = new HikariDataSource();

	private final List<String> statements = new CopyOnWriteArrayList<>();

	private final LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();

	private final JpaTransactionManager transactionManager;

	private final SessionTemplate sessions;

	public EntityPersistence(List<String> preparation, Class<?>... entities) {
		connect();
		preparation.forEach((statement) -> jdbc().sql(statement).update());
		this.factory.setDataSource(this.dataSource);
		this.factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		this.factory.setManagedTypes(
				PersistenceManagedTypes.of(Arrays.stream(entities).map(Class::getName).toArray(String[]::new)));
		StatementInspector inspector = (sql) -> {
			this.statements.add(sql);
			return sql;
		};
		this.factory
			.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create", JdbcSettings.STATEMENT_INSPECTOR, inspector,
					MappingSettings.PHYSICAL_NAMING_STRATEGY, PhysicalNamingStrategySnakeCaseImpl.class.getName()));
		this.factory.afterPropertiesSet();
		this.transactionManager = new JpaTransactionManager(entityManagerFactory());
		this.transactionManager.setDataSource(this.dataSource);
		this.sessions = SessionTemplate.create(entityManagerFactory(), this.transactionManager, null,
				SessionExecutor.of(Runnable::run));
		this.statements.clear();
	}

	public EntityPersistence(Class<?>... entities) {
		this(List.of(), entities);
	}

	private void connect() {
		this.dataSource.setJdbcUrl(this.cluster.primary().jdbcUrl());
		this.dataSource.setUsername(this.cluster.username());
		this.dataSource.setPassword(this.cluster.password());
		this.dataSource.setMaximumPoolSize(8);
		this.dataSource.setMinimumIdle(0);
	}

	public EntityManagerFactory entityManagerFactory() {
		return Objects.requireNonNull(this.factory.getObject());
	}

	public SessionTemplate sessions() {
		return this.sessions;
	}

	public TransactionTemplate transaction() {
		return new TransactionTemplate(this.transactionManager);
	}

	public JdbcClient jdbc() {
		return JdbcClient.create(this.dataSource);
	}

	public int activeConnections() {
		return this.dataSource.getHikariPoolMXBean().getActiveConnections();
	}

	public <T> T read(Function<EntityManager, T> work) {
		return this.sessions.read(work::apply);
	}

	public void persist(Object... entities) {
		this.sessions.writeWithoutResult((session) -> Arrays.stream(entities).forEach(session::persist));
	}

	/**
	 * The statements since the last call, but for those that draw a block of a sequence.
	 */
	public List<String> takeStatements() {
		List<String> taken = this.statements.stream().filter((sql) -> !sql.contains("nextval")).toList();
		this.statements.clear();
		return taken;
	}

	@Override
	public void close() {
		this.factory.destroy();
		this.dataSource.close();
		this.cluster.close();
	}

}
