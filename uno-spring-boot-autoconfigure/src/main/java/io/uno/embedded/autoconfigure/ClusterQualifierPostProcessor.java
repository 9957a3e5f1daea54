package io.uno.embedded.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/**
 * Lets a cluster be injected with the name of its database as the qualifier, which a
 * {@link org.springframework.beans.factory.BeanRegistrar} cannot say.
 */
final class ClusterQualifierPostProcessor implements BeanFactoryPostProcessor {

	private final List<String> databases;

	ClusterQualifierPostProcessor(List<String> databases) {
		this.databases = databases;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (String database : this.databases) {
			AbstractBeanDefinition definition = (AbstractBeanDefinition) beanFactory
				.getBeanDefinition(ClusterRegistrar.clusterName(database));
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, database));
		}
	}

}
