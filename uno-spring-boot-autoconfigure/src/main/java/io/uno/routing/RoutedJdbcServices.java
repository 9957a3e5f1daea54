package io.uno.routing;

import java.util.Map;
import java.util.Objects;

import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.engine.jdbc.internal.JdbcServicesImpl;
import org.hibernate.engine.jdbc.spi.SqlExceptionHelper;
import org.hibernate.sql.exec.spi.JdbcMutationExecutor;
import org.hibernate.sql.exec.spi.JdbcSelectExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's services around JDBC, with every query sent where it belongs. Events tell
 * of the operations of a session only; this is where those of stateless sessions, and all
 * queries, come along as well.
 */
final class RoutedJdbcServices extends JdbcServicesImpl {

	private static final long serialVersionUID = 1L;

	private final transient EntityRoutes routes;

	private final transient JdbcSelectExecutor selects;

	private final transient JdbcMutationExecutor mutations;

	private transient @Nullable JdbcEnvironment environment;

	RoutedJdbcServices(EntityRoutes routes) {
		this.routes = routes;
		this.selects = new RoutedSelectExecutor(routes, super.getJdbcSelectExecutor());
		this.mutations = new RoutedMutationQueryExecutor(routes, super.getJdbcMutationExecutor());
	}

	EntityRoutes routes() {
		return this.routes;
	}

	@Override
	public void configure(Map<String, Object> settings) {
		super.configure(settings);
		JdbcEnvironment plain = super.getJdbcEnvironment();
		SqlExceptionHelper helper = plain.getSqlExceptionHelper();
		helper.setSqlExceptionConverter(this.routes.converter(helper.getSqlExceptionConverter()));
		this.environment = new QuerySpaceEnvironment(plain,
				new QuerySpaceTranslators(plain.getSqlAstTranslatorFactory()));
	}

	@Override
	public JdbcEnvironment getJdbcEnvironment() {
		return Objects.requireNonNull(this.environment);
	}

	@Override
	public JdbcSelectExecutor getJdbcSelectExecutor() {
		return this.selects;
	}

	@Override
	public JdbcMutationExecutor getJdbcMutationExecutor() {
		return this.mutations;
	}

}
