package io.uno.docs;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.embedded.autoconfigure.UnoEmbeddedAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of the page on embedded servers; that of a test is
 * {@link CitiesTests}.
 */
@Tag("postgres")
class EmbeddedGuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(UnoEmbeddedAutoConfiguration.class, UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class));

	@Test
	void applicationRunsOnAServerAndItsReplica() {
		this.runner.withInitializer(new YamlFile("docs/embedded.yml")).run((context) -> {
			assertThat(node(context, false)).isEqualTo("default.main");
			assertThat(node(context, true)).isEqualTo("default.replica-1");
		});
	}

	private static String node(ApplicationContext context, boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		return transaction
			.execute((status) -> jdbc.queryForObject("select current_setting('cluster_name')", String.class));
	}

	@Test
	void serversRunWithoutSpring() {
		try (PostgresCluster cluster = PostgresCluster.shared(1)) {
			DataSource dataSource = cluster.primary().dataSource();
			assertThat(new JdbcTemplate(dataSource).queryForObject("select current_database()", String.class))
				.isEqualTo(cluster.database());
			assertThat(cluster.replicas()).extracting(PostgresNode::name).containsExactly("replica-1");
		}

		try (PostgresCluster cluster = PostgresCluster.builder().name("atlas").replicas("east").start()) {
			DataSource dataSource = cluster.replica("east").dataSource();
			assertThat(
					new JdbcTemplate(dataSource).queryForObject("select current_setting('cluster_name')", String.class))
				.isEqualTo("atlas.east");
		}
	}

}
