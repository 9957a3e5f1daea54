package io.uno.migration.autoconfigure;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.SchemaManagement;
import org.springframework.boot.jdbc.SchemaManagementProvider;

/**
 * Tells Hibernate that Flyway manages what is behind the application's data source.
 * Spring Boot's own provider compares data sources and finds those of the nodes only.
 */
class RoutedSchemaManagementProvider implements SchemaManagementProvider {

	private final ObjectProvider<DataSource> dataSource;

	private final ObjectProvider<Flyway> flyways;

	RoutedSchemaManagementProvider(ObjectProvider<DataSource> dataSource, ObjectProvider<Flyway> flyways) {
		this.dataSource = dataSource;
		this.flyways = flyways;
	}

	@Override
	public SchemaManagement getSchemaManagement(DataSource dataSource) {
		boolean managed = dataSource == this.dataSource.getIfUnique() && this.flyways.stream().findAny().isPresent();
		return managed ? SchemaManagement.MANAGED : SchemaManagement.UNMANAGED;
	}

}
