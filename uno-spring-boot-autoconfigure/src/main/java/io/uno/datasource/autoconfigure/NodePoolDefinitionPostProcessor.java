package io.uno.datasource.autoconfigure;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import io.uno.datasource.Node;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Opens the pools of nodes for injection by their names, but not by type, which a
 * {@link org.springframework.beans.factory.BeanRegistrar} has no word for. Beside them,
 * Boot's own data source stays the one that everybody means.
 */
class NodePoolDefinitionPostProcessor implements BeanDefinitionRegistryPostProcessor, Ordered {

	private static final String DATA_SOURCE = "dataSource";

	private final Environment environment;

	NodePoolDefinitionPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		pools().stream()
			.filter(registry::containsBeanDefinition)
			.map(registry::getBeanDefinition)
			.map(AbstractBeanDefinition.class::cast)
			.forEach(NodePoolDefinitionPostProcessor::hideFromInjectionByType);
		DatabaseDeclarations declarations = DatabaseDeclarations.from(this.environment);
		if (declarations.isRouted() && !declarations.isManaged()
				&& registry instanceof ConfigurableListableBeanFactory beanFactory) {
			markOwnDataSource(beanFactory);
		}
	}

	private List<String> pools() {
		return DatabaseDeclarations.from(this.environment)
			.toDatabases()
			.all()
			.stream()
			.flatMap((database) -> database.nodes().stream())
			.map(Node::id)
			.toList();
	}

	private static void hideFromInjectionByType(AbstractBeanDefinition definition) {
		definition.setAutowireCandidate(true);
		definition.setDefaultCandidate(false);
	}

	/**
	 * With replicas it is no longer the only one, and a test would not know any more
	 * which one to replace.
	 */
	private void markOwnDataSource(ConfigurableListableBeanFactory beanFactory) {
		List<String> pools = pools();
		List<String> others = Arrays.stream(beanFactory.getBeanNamesForType(DataSource.class, true, false))
			.filter((name) -> !pools.contains(name))
			.toList();
		if (!beanFactory.containsBean(DATA_SOURCE)) {
			boolean replicated = !DatabasesProperties.from(this.environment).replicas().isEmpty();
			throw new InvalidDatabasesException(replicated ? "uno.replicas" : "uno.roles",
					"needs a data source bean called 'dataSource', but there is %s"
						.formatted(others.isEmpty() ? "none" : "only " + String.join(", ", others)),
					"Call the data source that they belong to 'dataSource', as Boot does.",
					"Set 'spring.datasource.url' for one that Boot makes.");
		}
		if (others.equals(List.of(DATA_SOURCE))) {
			beanFactory.getBeanDefinition(DATA_SOURCE).setPrimary(true);
		}
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
	}

	/**
	 * Before the one by which tests replace the data source.
	 */
	@Override
	public int getOrder() {
		return 0;
	}

}
