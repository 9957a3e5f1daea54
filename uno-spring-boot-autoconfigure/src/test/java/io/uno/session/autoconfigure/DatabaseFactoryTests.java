package io.uno.session.autoconfigure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.uno.datasource.Duty;
import io.uno.datasource.Node;
import io.uno.datasource.NodeState;
import io.uno.datasource.UnknownDatabaseException;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.session.DatabaseFactory;
import io.uno.session.SessionTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the factory on servers.
 */
@Tag("postgres")
class DatabaseFactoryTests {

	private static final String SERVED_BY = "select current_database() || ':' || inet_server_port()";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class,
				UnoConnectionAutoConfiguration.class, UnoDatabaseFactoryAutoConfiguration.class));

	@Test
	void handsOutByNameWhereThereAreSeveral() {
		try (PostgresCluster atlas = PostgresCluster.shared(1); PostgresCluster journal = PostgresCluster.shared(0)) {
			this.runner.withPropertyValues("uno.default-database=atlas", "uno.reads.probe-interval=50ms")
				.withPropertyValues(node("uno.databases.atlas", atlas.primary()))
				.withPropertyValues(node("uno.databases.atlas.replicas.east", atlas.replicas().get(0)))
				.withPropertyValues(node("uno.databases.journal", journal.primary()))
				.run((context) -> {
					DatabaseFactory factory = context.getBean(DatabaseFactory.class);
					handsOut(factory, "journal", journal.primary());
					handsOut(factory, "atlas", atlas.primary());
					assertThat(factory.dataSource("journal")).isSameAs(context.getBean("journal.dataSource"));
					tellsStates(factory, atlas);
					assertThatExceptionOfType(UnknownDatabaseException.class)
						.isThrownBy(() -> factory.jdbcClient("jornal"))
						.withMessage(
								"No database is called 'jornal'; name one of atlas, journal, or declare 'uno.databases.jornal.url'");
				});
		}
	}

	private static void handsOut(DatabaseFactory factory, String database, PostgresNode primary) {
		String expected = servedBy(JdbcClient.create(primary.dataSource()));
		assertThat(servedBy(JdbcClient.create(factory.dataSource(database)))).isEqualTo(expected);
		assertThat(servedBy(factory.jdbcClient(database))).isEqualTo(expected);
		assertThat(servedBy(factory.sessions(database))).isEqualTo(expected);
		assertThat(factory.asyncSessions(database)
			.<Integer>read((session) -> session.createNativeQuery("select 7", Integer.class).getSingleResult()))
			.succeedsWithin(Duration.ofSeconds(20))
			.isEqualTo(7);
		assertThat(factory.asyncSessions(database)
			.<String>write((session) -> session.createNativeQuery(SERVED_BY, String.class).getSingleResult()))
			.succeedsWithin(Duration.ofSeconds(20))
			.isEqualTo(expected);
		assertThat(factory.connections(database).<String>execute(DatabaseFactoryTests::servedBy)).isEqualTo(expected);
		TransactionTemplate transaction = new TransactionTemplate(factory.transactionManager(database));
		assertThat(transaction.<String>execute((status) -> servedBy(factory.jdbcClient(database)))).isEqualTo(expected);
	}

	private static void tellsStates(DatabaseFactory factory, PostgresCluster atlas) {
		List<Node> nodes = factory.databases().get("atlas").nodes();
		assertThat(nodes).extracting(Node::id).containsExactly("atlas.main", "atlas.east");
		assertThat(factory.stateOf(nodes.get(0)).duty()).isEqualTo(Duty.PRIMARY);
		Awaitility.await().until(() -> factory.stateOf(nodes.get(1)).duty() == Duty.REPLICA);
		atlas.replicas().get(0).stop();
		Awaitility.await().until(() -> !factory.stateOf(nodes.get(1)).reachable());
		assertThat(factory.stateOf(nodes.get(1))).extracting(NodeState::problem).isNotNull();
		assertThat(factory.stateOf(nodes.get(0)).reachable()).isTrue();
		atlas.heal();
	}

	@Test
	void handsOutForBootsDataSourceWithAReplica() {
		try (PostgresCluster shop = PostgresCluster.shared(1)) {
			this.runner.withPropertyValues("uno.reads.probe-interval=50ms")
				.withPropertyValues(node("spring.datasource", shop.primary()))
				.withPropertyValues("uno.replicas.east.url=" + shop.replicas().get(0).jdbcUrl())
				.run((context) -> {
					DatabaseFactory factory = context.getBean(DatabaseFactory.class);
					handsOut(factory, "default", shop.primary());
					List<Node> nodes = factory.databases().getDefault().nodes();
					assertThat(nodes).extracting(Node::id).containsExactly("default.main", "default.east");
					assertThat(factory.stateOf(nodes.get(0)).duty()).isEqualTo(Duty.PRIMARY);
					Awaitility.await().until(() -> factory.stateOf(nodes.get(1)).duty() == Duty.REPLICA);
				});
		}
	}

	private static String[] node(String prefix, PostgresNode node) {
		return new String[] { prefix + ".url=" + node.jdbcUrl(), prefix + ".username=" + node.username(),
				prefix + ".password=" + node.password() };
	}

	private static String servedBy(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(SERVED_BY)) {
			answer.next();
			return answer.getString(1);
		}
	}

	private static String servedBy(JdbcClient client) {
		return client.sql(SERVED_BY).query(String.class).single();
	}

	private static String servedBy(SessionTemplate sessions) {
		return sessions.<String, RuntimeException>write(
				(session) -> session.createNativeQuery(SERVED_BY, String.class).getSingleResult());
	}

}
