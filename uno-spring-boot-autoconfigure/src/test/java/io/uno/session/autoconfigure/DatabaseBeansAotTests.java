package io.uno.session.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import javax.sql.DataSource;

import io.uno.aot.AheadOfTime;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.session.DatabaseFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the beans of declared databases in an application processed ahead of time.
 */
class DatabaseBeansAotTests {

	private static final Map<String, Object> PROPERTIES = Map.of("uno.default-database", "atlas",
			"uno.databases.atlas.url", "jdbc:h2:mem:aot-names-atlas", "uno.databases.atlas.username", "sa",
			"uno.databases.journal.url", "jdbc:h2:mem:aot-names-journal", "uno.databases.journal.username", "sa");

	@Test
	void processedApplicationKnowsItsDatabasesByName(@TempDir Path directory) throws Exception {
		AheadOfTime aheadOfTime = new AheadOfTime(DatabaseBeansAotTests.class, Application.class, PROPERTIES);
		try (GenericApplicationContext context = aheadOfTime.start(directory)) {
			Named named = context.getBean(Named.class);
			assertThat(databaseOf(named.client())).isEqualTo("AOT-NAMES-JOURNAL");
			assertThat(databaseOf(JdbcClient.create(named.dataSource()))).isEqualTo("AOT-NAMES-JOURNAL");
			assertThat(databaseOf(named.anyClient())).isEqualTo("AOT-NAMES-ATLAS");
			String inside = new TransactionTemplate(named.transactionManager())
				.execute((status) -> databaseOf(named.anyClient()));
			assertThat(inside).isEqualTo("AOT-NAMES-JOURNAL");
			assertThat(context.getBean(DatabaseFactory.class).jdbcClient("journal")).isSameAs(named.client());
		}
		assertThat(aheadOfTime.singletons())
			.noneMatch((name) -> name.startsWith("atlas.") || name.startsWith("journal."));
	}

	private static String databaseOf(JdbcClient client) {
		return client.sql("select upper(database())").query(String.class).single();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class,
			DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			TransactionAutoConfiguration.class, JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
			UnoDatabaseFactoryAutoConfiguration.class })
	static class Application {

		@Bean
		Named named(@Qualifier("journal") DataSource dataSource, @Qualifier("journal") JdbcClient client,
				@Qualifier("journal") PlatformTransactionManager transactionManager, JdbcClient anyClient) {
			return new Named(dataSource, client, transactionManager, anyClient);
		}

	}

	record Named(DataSource dataSource, JdbcClient client, PlatformTransactionManager transactionManager,
			JdbcClient anyClient) {

	}

}
