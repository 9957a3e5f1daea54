package io.uno.datasource.autoconfigure;

import java.util.Map;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where the nodes of one database are, when something other than its properties knows: an
 * embedded server or a container. A bean of this type takes precedence over
 * {@code uno.databases.<name>}, as Boot's connection details do over its properties.
 *
 * @since 0.1.0
 */
public interface DatabaseConnectionDetails extends ConnectionDetails {

	/**
	 * Name of the bean that has the details of a database.
	 * @param database name of the database
	 * @return the name of the bean
	 */
	static String beanName(String database) {
		return database + ".connectionDetails";
	}

	/**
	 * Name of the database, as in {@code uno.databases.<name>}; {@code default} where
	 * Boot's own data source is the database.
	 * @return the name of the database
	 */
	String getDatabase();

	/**
	 * Connection details of the node {@code main}.
	 * @return the details of the database's own url
	 */
	JdbcConnectionDetails getMain();

	/**
	 * Connection details of those replicas that this bean knows, by the name of the
	 * replica. Replicas that are missing here are taken from their properties.
	 * @return the details of the replicas, in order; empty when there are none
	 */
	default Map<String, JdbcConnectionDetails> getReplicas() {
		return Map.of();
	}

}
