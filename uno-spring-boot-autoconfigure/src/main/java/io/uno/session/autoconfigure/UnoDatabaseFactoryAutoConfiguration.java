package io.uno.session.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.session.DatabaseFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration of the {@link DatabaseFactory}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class })
@ConditionalOnClass({ DataSource.class, JdbcClient.class, PlatformTransactionManager.class,
		DataSourceAutoConfiguration.class })
@ConditionalOnSingleCandidate(DataSource.class)
public final class UnoDatabaseFactoryAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DatabaseFactory databaseFactory(BeanFactory beanFactory, Environment environment, DataSource dataSource,
			ObjectProvider<Databases> databases, ObjectProvider<NodeMonitor> monitor) {
		boolean managed = DatabaseDeclarations.from(environment).isManaged();
		Databases known = databases.getIfAvailable(UnoDatabaseFactoryAutoConfiguration::onlyBoots);
		NodeStates states = new NodeStates(dataSource, monitor.getIfAvailable(() -> NodeStates.unwatched(known)));
		return DatabaseFactory.create(known, states, new ApplicationDatabaseBeans(beanFactory, managed));
	}

	private static Databases onlyBoots() {
		String name = DatabaseDeclarations.DEFAULT_DATABASE;
		return new Databases(List.of(new Database(name, Node.main(name), List.of(), List.of(), List.of())), name);
	}

}
