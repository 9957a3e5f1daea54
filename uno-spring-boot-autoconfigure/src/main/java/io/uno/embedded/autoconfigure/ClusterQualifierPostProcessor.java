package io.uno.embedded.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
			// an attribute and not a qualifier, which ahead-of-time processing refuses
			// here
			beanFactory.getBeanDefinition(ClusterRegistrar.clusterName(database))
				.setAttribute(AutowireCandidateQualifier.VALUE_KEY, database);
		}
	}

}
