package io.uno.routing.autoconfigure;

import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;

/**
 * Puts routing around Boot's data source. It has to come after everything else that wraps
 * the data source, so that what they see is one node's connection; post-processors of
 * merged definitions are those that Spring applies last, whatever their order.
 */
class ReplicaRoutingPostProcessor implements MergedBeanDefinitionPostProcessor, Ordered {

	private final UnaryOperator<DataSource> routing;

	ReplicaRoutingPostProcessor(UnaryOperator<DataSource> routing) {
		this.routing = routing;
	}

	@Override
	public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String name) {
	}

	/**
	 * An embedded database is what tests put in the place of the data source. It has no
	 * replicas.
	 */
	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		boolean routed = name.equals(RoutingBeanRegistrar.DATA_SOURCE) && bean instanceof DataSource
				&& !(bean instanceof EmbeddedDatabase);
		return routed ? this.routing.apply((DataSource) bean) : bean;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
