package io.uno.routing.autoconfigure;

import java.util.Objects;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An application with Boot's own data source and one replica of it, {@code east}.
 */
final class ShopRunner {

	private static final String IN_RECOVERY = "select pg_is_in_recovery()";

	private ShopRunner() {
	}

	static ApplicationContextRunner withoutDataSource() {
		return new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class,
						DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
						TransactionAutoConfiguration.class, JdbcTemplateAutoConfiguration.class));
	}

	static ApplicationContextRunner withReplica(PostgresCluster cluster) {
		return withoutDataSource().withPropertyValues(properties(cluster));
	}

	static String[] properties(PostgresCluster cluster) {
		return new String[] { "spring.datasource.url=" + cluster.primary().jdbcUrl(),
				"spring.datasource.username=" + cluster.username(), "spring.datasource.password=" + cluster.password(),
				"uno.replicas.east.url=" + cluster.replicas().get(0).jdbcUrl() };
	}

	/**
	 * Whether a read-only transaction is answered by a replica, as it says itself.
	 */
	static boolean readsFromReplica(BeanFactory beans) {
		return isReplica(beans, true);
	}

	/**
	 * Whether a read-write transaction is answered by a replica, as it says itself.
	 */
	static boolean writesToReplica(BeanFactory beans) {
		return isReplica(beans, false);
	}

	private static boolean isReplica(BeanFactory beans, boolean readOnly) {
		TransactionTemplate transactions = new TransactionTemplate(beans.getBean(PlatformTransactionManager.class));
		transactions.setReadOnly(readOnly);
		JdbcTemplate jdbc = beans.getBean(JdbcTemplate.class);
		return Objects
			.requireNonNull(transactions.execute((status) -> jdbc.queryForObject(IN_RECOVERY, Boolean.class)));
	}

}
