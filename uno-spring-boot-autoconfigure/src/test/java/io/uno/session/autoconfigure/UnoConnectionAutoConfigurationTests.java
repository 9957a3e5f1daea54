package io.uno.session.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.session.ConnectionTemplate;
import org.h2.Driver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests the template on Boot's own data source, without Hibernate.
 */
class UnoConnectionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, UnoConnectionAutoConfiguration.class))
		.withClassLoader(new FilteredClassLoader("org.hibernate", "jakarta.persistence"))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:connections",
				"spring.datasource.hikari.maximum-pool-size=1", "spring.datasource.hikari.connection-timeout=1000");

	@Test
	void providesATemplateThatCommits() {
		this.runner.run((context) -> {
			ConnectionTemplate connections = context.getBean("connections", ConnectionTemplate.class);
			connections.execute((connection) -> execute(connection, "create table note (id bigint)"));
			assertThat(connections.<Integer>execute((connection) -> {
				assertThat(connection.getAutoCommit()).isFalse();
				return execute(connection, "insert into note values (1)");
			})).isOne();
			assertThat(count(context.getBean(HikariDataSource.class))).isOne();
		});
	}

	@Test
	void backsOffForATemplateOfTheApplication() {
		this.runner.withUserConfiguration(OwnTemplate.class)
			.run((context) -> assertThat(context).getBean(ConnectionTemplate.class).isInstanceOf(NoConnections.class));
	}

	@Test
	void backsOffWithoutSpringJdbc() {
		this.runner.withClassLoader(new FilteredClassLoader(JdbcTemplate.class))
			.run((context) -> assertThat(context).doesNotHaveBean("connections"));
	}

	@Test
	void backsOffForABeanOfItsName() {
		this.runner.withBean("connections", String.class, () -> "mine")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionTemplate.class));
	}

	@Test
	void refusesADataSourceThatItsTransactionsAreNotOn() {
		SimpleDriverDataSource other = new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:other");
		this.runner.withBean("foreign", PlatformTransactionManager.class, () -> new JdbcTransactionManager(other))
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(ConnectionTemplate.class).execute(Connection::getCatalog))
				.withMessageContaining("does not manage transactions of"));
	}

	@Test
	void rollsBackAndGivesTheConnectionBackWhateverIsThrown() {
		this.runner.run((context) -> {
			ConnectionTemplate connections = context.getBean(ConnectionTemplate.class);
			connections.execute((connection) -> execute(connection, "create table note (id bigint)"));
			for (int i = 0; i < 3; i++) {
				assertThatIllegalArgumentException().isThrownBy(() -> connections.execute((connection) -> {
					execute(connection, "insert into note values (1)");
					throw new IllegalArgumentException("of the caller");
				}));
				assertThatExceptionOfType(BadSqlGrammarException.class)
					.isThrownBy(() -> connections.execute((connection) -> {
						execute(connection, "insert into note values (1)");
						return execute(connection, "insert into nowhere values (1)");
					}));
			}
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
			assertThat(count(pool)).isZero();
		});
	}

	@Test
	void joinsTheTransactionAroundIt() {
		this.runner.run((context) -> {
			ConnectionTemplate connections = context.getBean(ConnectionTemplate.class);
			connections.execute((connection) -> execute(connection, "create table note (id bigint)"));
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((status) -> {
					connections.execute((connection) -> execute(connection, "insert into note values (1)"));
					status.setRollbackOnly();
				});
			assertThat(count(context.getBean(HikariDataSource.class))).isZero();
		});
	}

	@Test
	void openedConnectionIsRolledBackAndGoesBackWithTheSettingsThatItHad() throws SQLException {
		try (Connection only = new Driver().connect("jdbc:h2:mem:opened", new Properties())) {
			assertThat(only).isNotNull();
			execute(only, "create table note (id bigint); create schema other");
			SingleConnectionDataSource pool = new SingleConnectionDataSource(only, true);
			ConnectionTemplate connections = ConnectionTemplate.create(pool, new JdbcTransactionManager(pool), null);
			try (Connection connection = connections.open()) {
				execute(connection, "insert into note values (1)");
				connection.commit();
				connection.setSchema("OTHER");
				connection.setSchema("PUBLIC");
				connection.setSchema("OTHER");
				connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
				connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
				execute(connection, "insert into public.note values (2)");
			}
			assertThat(only.getAutoCommit()).isTrue();
			assertThat(only.getSchema()).isEqualTo("PUBLIC");
			assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
			assertThat(only.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
			assertThat(count(pool)).isOne();
		}
	}

	@Test
	void connectionOpenedInsideATransactionIsThatOne() {
		this.runner.run((context) -> {
			ConnectionTemplate connections = context.getBean(ConnectionTemplate.class);
			connections.execute((connection) -> execute(connection, "create table note (id bigint)"));
			TransactionTemplate transactions = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			transactions.setName("booking");
			transactions.executeWithoutResult((status) -> {
				Connection opened = connections.open();
				assertThatExceptionOfType(SQLException.class).isThrownBy(opened::commit)
					.withMessage(
							"commit() is refused on the connection of transaction 'booking', which ends by itself; open "
									+ "the connection outside of it, or have it roll back by an exception");
				assertThatExceptionOfType(SQLException.class).isThrownBy(opened::rollback);
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> opened.setAutoCommit(true));
				assertThatNoException().isThrownBy(() -> {
					execute(opened, "insert into note values (1)");
					opened.rollback(opened.setSavepoint());
					opened.close();
				});
				assertThatExceptionOfType(SQLException.class).isThrownBy(opened::createStatement)
					.withMessage("The connection is closed");
				connections.execute((connection) -> execute(connection, "insert into note values (2)"));
			});
			HikariDataSource pool = context.getBean(HikariDataSource.class);
			assertThat(count(pool)).isEqualTo(2);
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		});
	}

	@Test
	void roleTenantUserAndDatabaseAreRefusedWhereNothingIsRouted() {
		this.runner.run((context) -> {
			ConnectionTemplate connections = context.getBean(ConnectionTemplate.class);
			assertThatIllegalStateException().isThrownBy(() -> connections.asRole("reader"))
				.withMessage(
						"No transaction can act with the role 'reader': the data source is not uno's; declare what "
								+ "transactions may act as ('uno.roles'), or a database ('uno.databases.<name>.url')");
			assertThatIllegalStateException().isThrownBy(() -> connections.asTenant(7))
				.withMessageStartingWith("No transaction can act with the tenant '7'");
			assertThatIllegalStateException().isThrownBy(() -> connections.asUser("ann"))
				.withMessageStartingWith("No transaction can act with the user 'ann'");
			assertThatIllegalStateException().isThrownBy(() -> connections.on("journal"))
				.withMessageStartingWith("No database is called 'journal'");
		});
	}

	private static int execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			return statement.executeUpdate(sql);
		}
	}

	private static int count(DataSource pool) {
		return new JdbcTemplate(pool).queryForObject("select count(*) from note", Integer.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		@Bean
		ConnectionTemplate ownTemplate() {
			return new NoConnections();
		}

	}

	/**
	 * Stands for an implementation that the application brings.
	 */
	static class NoConnections implements ConnectionTemplate {

		@Override
		public ConnectionTemplate on(String database) {
			return this;
		}

		@Override
		public ConnectionTemplate asRole(String role) {
			return this;
		}

		@Override
		public ConnectionTemplate asTenant(Object tenant) {
			return this;
		}

		@Override
		public ConnectionTemplate asUser(String user) {
			return this;
		}

		@Override
		public <T extends @Nullable Object> T execute(ConnectionCallback<T> work) {
			throw new UnsupportedOperationException("execute");
		}

		@Override
		public Connection open() {
			throw new UnsupportedOperationException("open");
		}

	}

}
