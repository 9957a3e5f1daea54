package io.uno.datasource.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.ConnectionInitializer;
import io.uno.datasource.InitializedConnections;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Has every pool of HikariCP prepare its connections, before anything is wrapped around
 * the pool.
 */
class ConnectionInitializersPostProcessor implements BeanPostProcessor, PriorityOrdered {

	private final ObjectProvider<ConnectionInitializer> initializers;

	ConnectionInitializersPostProcessor(ObjectProvider<ConnectionInitializer> initializers) {
		this.initializers = initializers;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof HikariDataSource pool) {
			InitializedConnections.prepareIn(pool, this.initializers.orderedStream().toList());
		}
		return bean;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
