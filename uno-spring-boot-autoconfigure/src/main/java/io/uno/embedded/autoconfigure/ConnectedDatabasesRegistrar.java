package io.uno.embedded.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.ConnectedDatabases;
import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Takes note of the databases that the application's own beans have a connection to,
 * which a {@link org.springframework.beans.factory.BeanRegistrar} cannot see.
 */
class ConnectedDatabasesRegistrar implements ImportBeanDefinitionRegistrar {

	private static final Log logger = LogFactory.getLog(ConnectedDatabasesRegistrar.class);

	private final ListableBeanFactory beanFactory;

	private final ConfigurableEnvironment environment;

	ConnectedDatabasesRegistrar(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = (ListableBeanFactory) beanFactory;
		this.environment = (ConfigurableEnvironment) environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		DatabaseDeclarations declarations = DatabaseDeclarations.from(this.environment);
		Set<String> connected = new LinkedHashSet<>();
		declarations.getDatabases()
			.stream()
			.map(DatabaseDeclaration::name)
			.filter((name) -> registry.containsBeanDefinition(DatabaseConnectionDetails.beanName(name)))
			.forEach(connected::add);
		if (isDefaultConnected(declarations)) {
			connected.add(Objects.requireNonNull(declarations.getDefaultDatabase()));
		}
		connected.forEach((name) -> logger
			.info("No embedded PostgreSQL for '%s', which the application itself has a connection to".formatted(name)));
		ConnectedDatabases.set(this.environment, connected);
	}

	/**
	 * With {@code uno.databases} a data source of the application's own is none of them.
	 */
	private boolean isDefaultConnected(DatabaseDeclarations declarations) {
		return declarations.getDefaultDatabase() != null
				&& (has(JdbcConnectionDetails.class) || (!declarations.isManaged() && has(DataSource.class)));
	}

	private boolean has(Class<?> type) {
		return this.beanFactory.getBeanNamesForType(type, true, false).length > 0;
	}

}
