package io.uno.sample.atlas;

import io.uno.routing.DatabaseClaims;
import io.uno.routing.Route;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells which server answers the running transaction: uno knows the route, the server
 * itself the rest.
 */
@Component
public class AnsweringNodes {

	private final JdbcClient jdbc;

	private final DatabaseClaims claims;

	AnsweringNodes(JdbcClient jdbc, DatabaseClaims claims) {
		this.jdbc = jdbc;
		this.claims = claims;
	}

	@Transactional(propagation = Propagation.MANDATORY)
	public AnsweringNode current() {
		Self self = this.jdbc.sql("select pg_is_in_recovery() as replica, inet_server_port() as port")
			.query(Self.class)
			.single();
		Route route = this.claims.currentRoute().orElseThrow();
		return new AnsweringNode(route.node().id(), self.replica() ? "replica" : "primary", self.port(),
				route.reason().getDescription());
	}

	/**
	 * What a server says of itself.
	 *
	 * @param replica whether it follows a primary
	 * @param port the port it listens on
	 */
	private record Self(boolean replica, int port) {

	}

}
