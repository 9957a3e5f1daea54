package io.uno.embedded.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Where the nodes of an embedded cluster are.
 */
final class ClusterConnectionDetails implements DatabaseConnectionDetails {

	private final PostgresCluster cluster;

	ClusterConnectionDetails(PostgresCluster cluster) {
		this.cluster = cluster;
	}

	@Override
	public String getDatabase() {
		return this.cluster.name();
	}

	@Override
	public JdbcConnectionDetails getMain() {
		return new NodeConnectionDetails(this.cluster.primary());
	}

	@Override
	public Map<String, JdbcConnectionDetails> getReplicas() {
		Map<String, JdbcConnectionDetails> replicas = new LinkedHashMap<>();
		this.cluster.replicas().forEach((replica) -> replicas.put(replica.name(), new NodeConnectionDetails(replica)));
		return replicas;
	}

	/**
	 * Where one node is.
	 */
	static final class NodeConnectionDetails implements JdbcConnectionDetails {

		private final PostgresNode node;

		NodeConnectionDetails(PostgresNode node) {
			this.node = node;
		}

		@Override
		public String getUsername() {
			return this.node.username();
		}

		@Override
		public String getPassword() {
			return this.node.password();
		}

		@Override
		public String getJdbcUrl() {
			return this.node.jdbcUrl();
		}

		@Override
		public String toString() {
			return this.node.toString();
		}

	}

}
