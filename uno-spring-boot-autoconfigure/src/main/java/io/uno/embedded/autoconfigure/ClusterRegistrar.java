package io.uno.embedded.autoconfigure;

import java.util.List;

import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.ReplicaDeclaration;
import io.uno.embedded.PostgresCluster;

import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Registers clusters and what connects to them. Nothing is started before the beans are
 * created.
 */
final class ClusterRegistrar {

	private final BeanRegistry registry;

	private final DatabaseDeclarations declarations;

	private final ClusterStarter starter;

	/**
	 * Create a registrar.
	 * @param registry where to register
	 * @param declarations what is declared
	 * @param starter starts a described cluster
	 */
	ClusterRegistrar(BeanRegistry registry, DatabaseDeclarations declarations, ClusterStarter starter) {
		this.registry = registry;
		this.declarations = declarations;
		this.starter = starter;
	}

	static String clusterName(String database) {
		return database + ".cluster";
	}

	void register(List<DatabaseDeclaration> databases) {
		databases.forEach(this::register);
		if (!databases.isEmpty()) {
			List<String> names = databases.stream().map(DatabaseDeclaration::name).toList();
			this.registry.registerBean("embeddedClusterQualifiers", ClusterQualifierPostProcessor.class,
					(spec) -> spec.infrastructure().supplier((context) -> new ClusterQualifierPostProcessor(names)));
		}
	}

	private void register(DatabaseDeclaration database) {
		String cluster = clusterName(database.name());
		this.registry.registerBean(cluster, PostgresCluster.class, (spec) -> {
			if (database.name().equals(this.declarations.getDefaultDatabase())) {
				spec.primary();
			}
			spec.supplier((context) -> this.starter.start(context, database.name(), describe(database)));
		});
		this.registry.registerBean(DatabaseConnectionDetails.beanName(database.name()), DatabaseConnectionDetails.class,
				(spec) -> spec
					.supplier((context) -> new ClusterConnectionDetails(context.bean(cluster, PostgresCluster.class))));
		if (!this.declarations.isManaged()) {
			this.registry.registerBean(database.name() + ".jdbcConnectionDetails", JdbcConnectionDetails.class,
					(spec) -> spec.supplier((context) -> new ClusterConnectionDetails.NodeConnectionDetails(
							context.bean(cluster, PostgresCluster.class).primary())));
		}
	}

	private static PostgresCluster.Builder describe(DatabaseDeclaration database) {
		String[] replicas = database.replicas()
			.stream()
			.filter((replica) -> !replica.hasUrl())
			.map(ReplicaDeclaration::name)
			.toArray(String[]::new);
		return PostgresCluster.builder()
			.name(database.name())
			.replicas(replicas)
			.roles(database.roles().toArray(String[]::new));
	}

	/**
	 * Starts the cluster of a database.
	 */
	@FunctionalInterface
	interface ClusterStarter {

		PostgresCluster start(SupplierContext context, String database, PostgresCluster.Builder cluster);

	}

}
