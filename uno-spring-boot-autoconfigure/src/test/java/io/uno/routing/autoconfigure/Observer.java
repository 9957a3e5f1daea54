package io.uno.routing.autoconfigure;

import java.util.List;

import com.github.gavlyukovskiy.boot.jdbc.decorator.DataSourceDecoratorAutoConfiguration;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration;
import net.ttddyy.observation.tracing.QueryContext;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A library that wraps data sources to see their statements, switched on alone.
 */
enum Observer {

	MICROMETER(MicrometerConfiguration.class, DataSourceDecoratorAutoConfiguration.class),

	DECORATOR(DecoratorConfiguration.class, DataSourceObservationAutoConfiguration.class);

	private final Class<?> configuration;

	private final Class<?> other;

	Observer(Class<?> configuration, Class<?> other) {
		this.configuration = configuration;
		this.other = other;
	}

	Class<?> configuration() {
		return this.configuration;
	}

	String argument() {
		return "--spring.autoconfigure.exclude=" + this.other.getName();
	}

	@Configuration(proxyBeanMethods = false)
	static class MicrometerConfiguration {

		@Bean
		SeenStatements seenStatements() {
			return new SeenStatements();
		}

		@Bean
		ObservationRegistry observationRegistry(SeenStatements seen) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(new Queries(seen));
			return registry;
		}

		@Bean
		Tracer tracer() {
			return Tracer.NOOP;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratorConfiguration {

		@Bean
		SeenStatements seenStatements() {
			return new SeenStatements();
		}

		@Bean
		QueryExecutionListener listener(SeenStatements seen) {
			return new Listener(seen);
		}

	}

	private record Queries(SeenStatements seen) implements ObservationHandler<QueryContext> {

		@Override
		public void onStop(QueryContext context) {
			context.getQueries().forEach(this.seen::add);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof QueryContext;
		}

	}

	private record Listener(SeenStatements seen) implements QueryExecutionListener {

		@Override
		public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
		}

		@Override
		public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
			queries.forEach((query) -> this.seen.add(query.getQuery()));
		}

	}

}
