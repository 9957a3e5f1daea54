package io.uno.schema;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hibernate with some entities over an empty database of its own.
 */
final class SchemaPersistence implements AutoCloseable {

	private final HikariDataSource dataSource;

	private final DataSource superuser;

	private final Runnable closing;

	private final LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();

	private final JpaTransactionManager transactionManager;

	private SchemaPersistence(HikariDataSource dataSource, DataSource superuser, Runnable closing,
			Map<String, ?> properties, Class<?>... entities) {
		this.dataSource = dataSource;
		this.superuser = superuser;
		this.closing = closing;
		this.factory.setDataSource(dataSource);
		this.factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		this.factory.setManagedTypes(
				PersistenceManagedTypes.of(Arrays.stream(entities).map(Class::getName).toArray(String[]::new)));
		this.factory.setJpaPropertyMap(Map.of("hibernate.physical_naming_strategy",
				"org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl"));
		this.factory.getJpaPropertyMap().putAll(properties);
		this.factory.afterPropertiesSet();
		this.transactionManager = new JpaTransactionManager(entityManagerFactory());
		this.transactionManager.setDataSource(dataSource);
	}

	static SchemaPersistence onPostgres(Class<?>... entities) {
		return onPostgres(Map.of(), entities);
	}

	static SchemaPersistence onPostgres(Map<String, ?> properties, Class<?>... entities) {
		PostgresCluster cluster = PostgresCluster.shared(0);
		HikariDataSource dataSource = pool(cluster.primary().jdbcUrl(), cluster.username(), cluster.password());
		return new SchemaPersistence(dataSource, cluster.primary().superuserDataSource(), cluster::close, properties,
				entities);
	}

	static SchemaPersistence onH2(Class<?>... entities) {
		HikariDataSource dataSource = pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
		return new SchemaPersistence(dataSource, dataSource, () -> {
		}, Map.of(), entities);
	}

	private static HikariDataSource pool(String url, String username, String password) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		dataSource.setUsername(username);
		dataSource.setPassword(password);
		dataSource.setMaximumPoolSize(2);
		dataSource.setMinimumIdle(0);
		return dataSource;
	}

	EntityManagerFactory entityManagerFactory() {
		return Objects.requireNonNull(this.factory.getObject());
	}

	Schema schema() {
		return Schema.create(entityManagerFactory(), this.dataSource, this.transactionManager);
	}

	Schema schema(EntityDatabases databases) {
		return Schema.create(entityManagerFactory(), this.dataSource, this.transactionManager, databases);
	}

	JdbcClient jdbc() {
		return JdbcClient.create(this.dataSource);
	}

	JdbcClient superuser() {
		return JdbcClient.create(this.superuser);
	}

	<T> T inTransaction(Function<EntityManager, T> work) {
		EntityManager entityManager = SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory());
		return Objects.requireNonNull(
				new TransactionTemplate(this.transactionManager).execute((status) -> work.apply(entityManager)));
	}

	/**
	 * Works with settings that end with the transaction.
	 */
	<T> T with(Map<String, String> settings, Function<JdbcClient, T> work) {
		return inTransaction((entityManager) -> {
			settings.forEach((name, value) -> jdbc().sql("select set_config(?, ?, true)")
				.params(name, value)
				.query(String.class)
				.single());
			return work.apply(jdbc());
		});
	}

	void withSettings(Map<String, String> settings, Consumer<JdbcClient> work) {
		with(settings, (jdbc) -> {
			work.accept(jdbc);
			return true;
		});
	}

	@Override
	public void close() {
		this.factory.destroy();
		this.dataSource.close();
		this.closing.run();
	}

}
