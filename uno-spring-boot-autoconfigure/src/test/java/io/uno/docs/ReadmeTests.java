package io.uno.docs;

import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts applications with the properties that the README shows.
 */
@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class ReadmeTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class));

	@Test
	void twoLinesAddAReplica(CapturedOutput output) {
		try (PostgresCluster shop = PostgresCluster.shared(1)) {
			this.runner.withInitializer(new YamlFile("docs/replica.yml"))
				.withPropertyValues("spring.datasource.url=" + shop.primary().jdbcUrl(),
						"spring.datasource.username=" + shop.username(),
						"spring.datasource.password=" + shop.password(),
						"uno.replicas.east.url=" + shop.replica("replica-1").jdbcUrl())
				.run((context) -> {
					assertThat(output).contains("Routing default (default): read-only transactions to default.east, "
							+ "everything else to default.main");
					assertThat(isReplica(context, true)).isTrue();
					assertThat(isReplica(context, false)).isFalse();
				});
		}
	}

	private static boolean isReplica(ConfigurableApplicationContext context, boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
		return transaction.execute((status) -> jdbc.queryForObject("select pg_is_in_recovery()", Boolean.class));
	}

	@Test
	void severalDatabasesAreDeclared() {
		this.runner.withInitializer(new YamlFile("docs/several-databases.yml"))
			.withPropertyValues("ATLAS_PASSWORD=secret")
			.run((context) -> {
				Databases databases = context.getBean(Databases.class);
				assertThat(databases.getDefault().name()).isEqualTo("atlas");
				assertThat(databases.get("atlas").replicas()).containsExactly(Node.replica("atlas", "east", 1),
						Node.replica("atlas", "west", 2));
				assertThat(databases.get("journal").packages()).containsExactly("com.acme.journal");
				assertThat(context.getBeansOfType(HikariDataSource.class).keySet())
					.isEqualTo(Set.of("atlas.main", "atlas.east", "atlas.west", "journal.main"));
				assertPool(context, "atlas.west", "jdbc:postgresql://db-3/atlas");
				assertPool(context, "atlas.main", "jdbc:postgresql://db-1/atlas");
			});
	}

	private static void assertPool(ConfigurableApplicationContext context, String name, String url) {
		HikariDataSource pool = context.getBean(name, HikariDataSource.class);
		assertThat(pool.getJdbcUrl()).isEqualTo(url);
		assertThat(pool.getUsername()).isEqualTo("atlas_app");
		assertThat(pool.getPassword()).isEqualTo("secret");
		assertThat(pool.getMaximumPoolSize()).isEqualTo(20);
	}

}
