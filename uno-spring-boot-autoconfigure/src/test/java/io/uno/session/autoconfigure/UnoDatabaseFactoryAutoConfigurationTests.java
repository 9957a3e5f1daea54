package io.uno.session.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.UnknownDatabaseException;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.session.ConnectionTemplate;
import io.uno.session.DatabaseFactory;
import io.uno.session.SessionTemplate;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class UnoDatabaseFactoryAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class,
				UnoConnectionAutoConfiguration.class, UnoDatabaseFactoryAutoConfiguration.class));

	private final ApplicationContextRunner one = this.runner
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:factory");

	@Test
	void handsOutWhatThereIsForOneDatabase() {
		this.one.run((context) -> {
			DatabaseFactory factory = context.getBean("databaseFactory", DatabaseFactory.class);
			assertThat(factory.dataSource("default")).isSameAs(context.getBean(DataSource.class));
			assertThat(factory.jdbcClient("default")).isSameAs(context.getBean(JdbcClient.class));
			assertThat(factory.sessions("default")).isSameAs(context.getBean(SessionTemplate.class));
			assertThat(factory.connections("default")).isSameAs(context.getBean(ConnectionTemplate.class));
			assertThat(factory.asyncSessions("default").<Integer>read((session) -> 1))
				.succeedsWithin(Duration.ofSeconds(20))
				.isEqualTo(1);
			assertThat(factory.transactionManager("default"))
				.isSameAs(context.getBean(PlatformTransactionManager.class));
			assertThat(factory).hasToString("DatabaseFactory of Databases[default]");
		});
	}

	@Test
	void tellsTheStateOfOneDatabase() {
		this.one.run((context) -> {
			DatabaseFactory factory = context.getBean(DatabaseFactory.class);
			assertThat(factory.databases().all()).containsExactly(factory.databases().getDefault());
			Node main = Node.main("default");
			assertThat(factory.databases().getDefault().nodes()).containsExactly(main);
			assertThat(factory.stateOf(main).reachable()).isTrue();
			context.getBean(HikariDataSource.class).close();
			assertThat(factory.stateOf(main).reachable()).isFalse();
			assertThat(factory.stateOf(main).problem()).contains("closed");
		});
	}

	@Test
	void unknownNamesAreRefusedWithThoseThatAreKnown() {
		this.one.run((context) -> {
			DatabaseFactory factory = context.getBean(DatabaseFactory.class);
			List<Function<String, Object>> methods = List.of(factory::dataSource, factory::jdbcClient,
					factory::sessions, factory::asyncSessions, factory::connections, factory::transactionManager);
			assertThat(methods).allSatisfy((method) -> assertThatExceptionOfType(UnknownDatabaseException.class)
				.isThrownBy(() -> method.apply("journal"))
				.withMessage(
						"No database is called 'journal'; name one of default, or declare 'uno.databases.journal.url'"));
			assertThatExceptionOfType(UnknownDatabaseException.class)
				.isThrownBy(() -> factory.stateOf(Node.main("journal")));
			assertThatIllegalArgumentException().isThrownBy(() -> factory.stateOf(Node.replica("default", "east", 1)))
				.withMessage("No node of database 'default' is called 'east'; known: main");
		});
	}

	@Test
	void backsOffForAFactoryOfTheApplication() {
		DatabaseFactory own = DatabaseFactory.create(
				new Databases(List.of(new Database("own", Node.main("own"), List.of(), List.of(), List.of())), "own"),
				(node) -> {
					throw new UnsupportedOperationException("state");
				}, new ApplicationDatabaseBeans(null, false));
		this.one.withBean("ownFactory", DatabaseFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(DatabaseFactory.class).isSameAs(own));
	}

	@Test
	void backsOffWithoutADataSource() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDatabaseFactoryAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseFactory.class));
	}

	@Test
	void backsOffWithoutSpringJdbc() {
		this.one.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DatabaseFactory.class));
	}

	@Test
	void saysWhatIsMissingForSessions() {
		this.one
			.withClassLoader(new FilteredClassLoader("jakarta.persistence", "org.hibernate", "org.springframework.orm"))
			.run((context) -> {
				DatabaseFactory factory = context.getBean(DatabaseFactory.class);
				assertThat(factory.jdbcClient("default")).isNotNull();
				assertThat(factory.transactionManager("default")).isNotNull();
				assertThatIllegalStateException().isThrownBy(() -> factory.sessions("default"))
					.withMessage("Database 'default' has no session template: No qualifying bean of type "
							+ "'io.uno.session.SessionTemplate' available; is the dependency "
							+ "'org.springframework.boot:spring-boot-starter-data-jpa' missing?");
			});
	}

}
