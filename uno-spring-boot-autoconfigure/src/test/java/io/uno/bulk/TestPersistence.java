package io.uno.bulk;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
 * Hibernate over a database of its own, with the tables of some entities.
 */
final class TestPersistence implements AutoCloseable {

	private final HikariDataSource dataSource;

	private final Runnable closing;

	private final LocalContainerEntityManagerFactoryBean factory;

	private final JpaTransactionManager transactionManager;

	private final BulkService bulk;

	private TestPersistence(HikariDataSource dataSource, Map<String, Object> properties, List<Class<?>> entities,
			Runnable closing) {
		this.dataSource = dataSource;
		this.closing = closing;
		this.factory = factory(dataSource, properties, entities);
		this.transactionManager = new JpaTransactionManager(entityManagerFactory());
		this.transactionManager.setDataSource(dataSource);
		this.bulk = BulkService.create(entityManagerFactory(), dataSource, this.transactionManager);
	}

	static TestPersistence onPostgres(Class<?>... entities) {
		return onPostgres(Map.of(), entities);
	}

	static TestPersistence onPostgres(Map<String, Object> properties, Class<?>... entities) {
		PostgresCluster cluster = PostgresCluster.shared(0);
		HikariDataSource dataSource = pool(cluster.primary().jdbcUrl(), cluster.username(), cluster.password());
		return new TestPersistence(dataSource, properties, List.of(entities), cluster::close);
	}

	static TestPersistence onPostgres(String url, String username, String password, Class<?>... entities) {
		return new TestPersistence(pool(url, username, password), Map.of(), List.of(entities), () -> {
		});
	}

	static TestPersistence onH2(Class<?>... entities) {
		HikariDataSource dataSource = pool("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
		return new TestPersistence(dataSource, Map.of("hibernate.generate_statistics", "true"), List.of(entities),
				() -> {
				});
	}

	private static HikariDataSource pool(String url, String username, String password) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		dataSource.setUsername(username);
		dataSource.setPassword(password);
		dataSource.setMaximumPoolSize(4);
		dataSource.setMinimumIdle(0);
		return dataSource;
	}

	private static LocalContainerEntityManagerFactoryBean factory(DataSource dataSource, Map<String, Object> properties,
			List<Class<?>> entities) {
		LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
		factory.setDataSource(dataSource);
		factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		factory
			.setManagedTypes(PersistenceManagedTypes.of(entities.stream().map(Class::getName).toArray(String[]::new)));
		Map<String, Object> settings = new LinkedHashMap<>(Map.of("hibernate.hbm2ddl.auto", "create"));
		settings.putAll(properties);
		factory.setJpaPropertyMap(settings);
		factory.afterPropertiesSet();
		return factory;
	}

	/**
	 * Start Hibernate once more, comparing the tables with the mappings.
	 */
	void validate(Class<?>... entities) {
		factory(this.dataSource, Map.of("hibernate.hbm2ddl.auto", "validate"), List.of(entities)).destroy();
	}

	EntityManagerFactory entityManagerFactory() {
		return Objects.requireNonNull(this.factory.getObject());
	}

	EntityManager entityManager() {
		return SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory());
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	BulkService bulk() {
		return this.bulk;
	}

	JpaTransactionManager transactionManager() {
		return this.transactionManager;
	}

	JdbcClient jdbc() {
		return JdbcClient.create(this.dataSource);
	}

	<T> T inTransaction(Function<EntityManager, T> work) {
		return Objects.requireNonNull(
				new TransactionTemplate(this.transactionManager).execute((status) -> work.apply(entityManager())));
	}

	void persist(Object... entities) {
		inTransaction((entityManager) -> {
			Arrays.stream(entities).forEach(entityManager::persist);
			return true;
		});
	}

	<E> List<E> all(Class<E> type) {
		return inTransaction((entityManager) -> entityManager
			.createQuery("select e from %s e order by e.id".formatted(type.getName()), type)
			.getResultList());
	}

	long count(String table) {
		return this.jdbc().sql("select count(*) from " + table).query(Long.class).single();
	}

	@Override
	public void close() {
		this.factory.destroy();
		this.dataSource.close();
		this.closing.run();
	}

}
