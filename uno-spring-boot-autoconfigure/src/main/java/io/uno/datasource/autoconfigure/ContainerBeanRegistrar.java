package io.uno.datasource.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.testcontainers.beans.TestcontainerBeanDefinition;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Looks for {@link DatabaseConnection} on the application's beans.
 */
class ContainerBeanRegistrar implements ImportBeanDefinitionRegistrar {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	ContainerBeanRegistrar(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		for (String bean : registry.getBeanDefinitionNames()) {
			databases(bean, registry.getBeanDefinition(bean)).forEach((database) -> register(registry, bean, database));
		}
	}

	private Set<String> databases(String bean, BeanDefinition definition) {
		Set<String> databases = new TreeSet<>();
		this.beanFactory.findAllAnnotationsOnBean(bean, DatabaseConnection.class, false)
			.forEach((annotation) -> databases.add(annotation.value()));
		if (definition instanceof TestcontainerBeanDefinition container && container.getAnnotations() != null) {
			container.getAnnotations()
				.stream(DatabaseConnection.class)
				.map(MergedAnnotation::synthesize)
				.forEach((annotation) -> databases.add(annotation.value()));
		}
		return databases;
	}

	/**
	 * With Boot's own mark of a connection that generated code can't contain.
	 */
	private void register(BeanDefinitionRegistry registry, String bean, String database) {
		String source = "Bean '%s' with @DatabaseConnection".formatted(bean);
		new DatabaseConnectionRegistrar(registry, this.environment)
			.register(database, source, () -> ContainerJdbcConnectionDetails.of(source, this.beanFactory.getBean(bean)))
			.setAttribute(ServiceConnection.class.getName(), true);
	}

}
