package io.uno.migration.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Spring Boot's Flyway configuration for one database, apart from the application's
 * context: it sees only the beans that apply to that database, and no properties but
 * those that were bound for it. The application's beans are guests here: nothing is
 * created unless it is asked for, no events are published and no life cycles managed.
 */
class FlywayConfigurationContext extends AnnotationConfigApplicationContext {

	FlywayConfigurationContext(ClassLoader classLoader) {
		setClassLoader(classLoader);
		register(FlywayAutoConfiguration.class);
	}

	@Override
	protected ConfigurableEnvironment createEnvironment() {
		return new AbstractEnvironment() {
		};
	}

	@Override
	protected void finishBeanFactoryInitialization(ConfigurableListableBeanFactory beanFactory) {
	}

	@Override
	protected void registerListeners() {
	}

	@Override
	protected void finishRefresh() {
	}

}
