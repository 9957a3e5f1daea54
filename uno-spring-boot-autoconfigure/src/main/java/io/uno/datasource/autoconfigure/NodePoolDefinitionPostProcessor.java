package io.uno.datasource.autoconfigure;

import io.uno.datasource.Node;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.core.env.Environment;

/**
 * Takes the pools of nodes out of injection by type, which a
 * {@link org.springframework.beans.factory.BeanRegistrar} has no word for. By their names
 * they can be injected.
 */
class NodePoolDefinitionPostProcessor implements BeanFactoryPostProcessor {

	private final Environment environment;

	NodePoolDefinitionPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		DatabaseDeclarations.from(this.environment)
			.toDatabases()
			.all()
			.stream()
			.flatMap((database) -> database.nodes().stream())
			.map(Node::id)
			.filter(beanFactory::containsBeanDefinition)
			.map(beanFactory::getBeanDefinition)
			.forEach(NodePoolDefinitionPostProcessor::hideFromInjectionByType);
	}

	private static void hideFromInjectionByType(BeanDefinition definition) {
		((AbstractBeanDefinition) definition).setDefaultCandidate(false);
	}

}
