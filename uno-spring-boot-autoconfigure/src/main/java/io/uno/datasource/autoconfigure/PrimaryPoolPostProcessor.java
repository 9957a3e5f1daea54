package io.uno.datasource.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Node;
import io.uno.datasource.NodeFailures;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Has failures on Boot's own data source name the node that it is, before anything is
 * wrapped around it. One that is in use already can't be told any more.
 */
class PrimaryPoolPostProcessor implements BeanPostProcessor {

	private static final String DATA_SOURCE = "dataSource";

	private final Node node;

	PrimaryPoolPostProcessor(Node node) {
		this.node = node;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String name) {
		if (name.equals(DATA_SOURCE) && bean instanceof HikariDataSource pool && !pool.isRunning()) {
			NodeFailures.noteIn(pool, this.node);
		}
		return bean;
	}

}
