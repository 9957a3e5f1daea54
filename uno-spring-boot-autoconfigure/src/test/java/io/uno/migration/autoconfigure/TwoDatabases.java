package io.uno.migration.autoconfigure;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Data sources of two declared databases, on H2, for tests of the wiring alone.
 */
@Configuration(proxyBeanMethods = false)
class TwoDatabases {

	static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(UnoMigrationAutoConfiguration.class, FlywayAutoConfiguration.class))
			.withUserConfiguration(TwoDatabases.class)
			.withPropertyValues("uno.default-database=atlas", "uno.databases.atlas.url=jdbc:h2:mem:atlas",
					"uno.databases.journal.url=jdbc:h2:mem:journal",
					"uno.databases.journal.replicas.copy.url=jdbc:h2:mem:copy");
	}

	static DataSource h2(String name) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
		dataSource.setUser("sa");
		return dataSource;
	}

	@Bean
	@Primary
	DataSource dataSource() {
		return h2("atlas");
	}

	@Bean(name = "atlas.main", defaultCandidate = false)
	DataSource atlas() {
		return h2("atlas");
	}

	@Bean(name = "journal.main", defaultCandidate = false)
	DataSource journal() {
		return h2("journal");
	}

	@Bean(name = "journal.copy", defaultCandidate = false)
	@Qualifier("journal.copy")
	DataSource journalCopy() {
		return h2("copy");
	}

}
