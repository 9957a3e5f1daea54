package io.uno.datasource.autoconfigure;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.datasource.NodeMonitor;
import io.uno.datasource.PositionSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;

/**
 * Registers the databases, and a pool for each node of theirs that is not Boot's own data
 * source. Registers nothing where nothing is declared.
 */
class DatabaseBeanRegistrar implements BeanRegistrar {

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		DatabasePropertiesCheck.check(environment);
		DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
		if (!declarations.isRouted()) {
			return;
		}
		Databases databases = declarations.toDatabases();
		registry.registerBean("databases", Databases.class, (spec) -> spec.supplier((context) -> databases));
		registry.registerBean("nodeMonitor", NodeMonitor.class,
				(spec) -> spec.supplier((context) -> nodeMonitor(context, declarations, databases, environment)));
		List<Node> pools = databases.all()
			.stream()
			.flatMap((database) -> database.nodes().stream())
			.filter((node) -> declarations.isManaged() || node.replica())
			.toList();
		pools.forEach((node) -> registerPool(registry, declarations, node, environment));
		if (!declarations.isManaged()) {
			registry.registerBean("primaryPoolPostProcessor", PrimaryPoolPostProcessor.class,
					(spec) -> spec.infrastructure()
						.supplier((context) -> new PrimaryPoolPostProcessor(databases.getDefault().main())));
		}
		registry.registerBean("driverSettingsReport", DriverSettingsReport.class,
				(spec) -> spec.supplier((context) -> new DriverSettingsReport(pools)));
	}

	private static NodeMonitor nodeMonitor(SupplierContext context, DatabaseDeclarations declarations,
			Databases databases, Environment environment) {
		List<PositionSource> sources = Stream
			.concat(context.beanProvider(PositionSource.class).orderedStream(), Stream.of(PositionSource.postgres()))
			.toList();
		return new NodeMonitor(databases,
				(node) -> pool(context, (declarations.isManaged() || node.replica()) ? node.id() : "dataSource"),
				(database) -> ReadsProperties.from(environment, database).toMonitorSettings(), sources);
	}

	/**
	 * The pool behind whatever has been wrapped around it.
	 */
	private static DataSource pool(SupplierContext context, String bean) {
		DataSource pool = context.bean(bean, DataSource.class);
		DataSource unwrapped = DataSourceUnwrapper.unwrap(pool, HikariConfigMXBean.class, HikariDataSource.class);
		return (unwrapped != null) ? unwrapped : primary(pool);
	}

	/**
	 * What is behind the router where Boot's data source is no pool of Hikari's.
	 */
	private static DataSource primary(DataSource router) {
		try {
			return router.unwrap(DataSource.class);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Failed to look into data source " + router, ex);
		}
	}

	/**
	 * No candidate while Boot looks whether there is a data source, and not made where a
	 * test has replaced the data source.
	 */
	private static void registerPool(BeanRegistry registry, DatabaseDeclarations declarations, Node node,
			Environment environment) {
		registry.registerBean(node.id(), HikariDataSource.class,
				(spec) -> spec.notAutowirable().lazyInit().supplier((context) -> {
					NodePoolFactory factory = factory(context, environment);
					return declarations.isManaged() ? factory.create(node) : factory.create(node, primaryPool(context));
				}));
	}

	private static NodePoolFactory factory(SupplierContext context, Environment environment) {
		List<DatabaseConnectionDetails> details = context.beanProvider(DatabaseConnectionDetails.class)
			.orderedStream()
			.toList();
		ObjectProvider<JdbcConnectionDetails> defaultDetails = context.beanProvider(JdbcConnectionDetails.class);
		return new NodePoolFactory(environment, details, defaultDetails.getIfUnique());
	}

	private static @Nullable HikariDataSource primaryPool(SupplierContext context) {
		return DataSourceUnwrapper.unwrap(context.bean("dataSource", DataSource.class), HikariConfigMXBean.class,
				HikariDataSource.class);
	}

}
