package io.uno.routing.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.github.gavlyukovskiy.boot.jdbc.decorator.DataSourceDecoratorAutoConfiguration;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.RoutingDataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.observation.boot.autoconfigure.DataSourceObservationAutoConfiguration;
import net.ttddyy.observation.tracing.QueryContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
class DecoratedDataSourceTests {

	private static final String STATEMENT = "select pg_is_in_recovery()";

	private static PostgresCluster cluster;

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(1);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void routesStatementsThatMicrometerObserves() {
		Observed observed = new Observed();
		observing(observed).run((context) -> assertRouted(context, observed.statements));
	}

	private static ApplicationContextRunner observing(Observed observed) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(observed);
		return ShopRunner.withReplica(cluster)
			.withConfiguration(AutoConfigurations.of(DataSourceObservationAutoConfiguration.class))
			.withPropertyValues("jdbc.datasource-proxy.enabled=true")
			.withBean(ObservationRegistry.class, () -> registry)
			.withBean(Tracer.class, () -> Tracer.NOOP);
	}

	@Test
	void routesStatementsThatADecoratorSees() {
		Listened listened = new Listened();
		ShopRunner.withReplica(cluster)
			.withConfiguration(AutoConfigurations.of(DataSourceDecoratorAutoConfiguration.class))
			.withPropertyValues("decorator.datasource.enabled=true")
			.withBean(QueryExecutionListener.class, () -> listened)
			.run((context) -> assertRouted(context, listened.statements));
	}

	@Test
	void routesStatementsThatMicrometerObservesOverLazyConnections() {
		Observed observed = new Observed();
		observing(observed).withPropertyValues("spring.datasource.connection-fetch=lazy")
			.run((context) -> assertRouted(context, observed.statements));
	}

	@ParameterizedTest
	@ValueSource(classes = { First.class, Last.class, Unordered.class, PriorityLast.class })
	void isAppliedAfterEveryOtherPostProcessor(Class<? extends Decorating> decorating) {
		ShopRunner.withReplica(cluster).withUserConfiguration(decorating).run((context) -> {
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			RoutingDataSource router = context.getBean(RoutingDataSource.class);
			assertThat(router.getResolvedDefaultDataSource()).isInstanceOf(Decorated.class);
			assertThat(router.getResolvedDataSources().get("default.east")).isInstanceOf(Decorated.class);
			assertThat(router.unwrap(HikariDataSource.class)).isNotNull();
			assertThat(ShopRunner.readsFromReplica(context)).isTrue();
			assertThat(ShopRunner.writesToReplica(context)).isFalse();
		});
	}

	private static void assertRouted(ApplicationContext context, List<String> statements) {
		assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
		assertThat(context.getBean(RoutingDataSource.class).getResolvedDefaultDataSource())
			.isNotInstanceOf(HikariDataSource.class);
		statements.clear();
		assertThat(ShopRunner.readsFromReplica(context)).isTrue();
		assertThat(ShopRunner.writesToReplica(context)).isFalse();
		assertThat(statements).containsExactly(STATEMENT, STATEMENT);
	}

	static final class Observed implements ObservationHandler<QueryContext> {

		private final List<String> statements = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(QueryContext context) {
			this.statements.addAll(context.getQueries());
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof QueryContext;
		}

	}

	static final class Listened implements QueryExecutionListener {

		private final List<String> statements = new CopyOnWriteArrayList<>();

		@Override
		public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
		}

		@Override
		public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
			queries.forEach((query) -> this.statements.add(query.getQuery()));
		}

	}

	static class Decorated extends DelegatingDataSource {

		Decorated(DataSource target) {
			super(target);
		}

	}

	static class Decorating implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof DataSource dataSource) ? new Decorated(dataSource) : bean;
		}

	}

	static class Unordered extends Decorating {

	}

	static class First extends Decorating implements Ordered {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	static class Last extends Decorating implements Ordered {

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE;
		}

	}

	static class PriorityLast extends Last implements PriorityOrdered {

	}

}
