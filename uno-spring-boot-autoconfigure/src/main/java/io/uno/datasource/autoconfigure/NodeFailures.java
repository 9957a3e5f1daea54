package io.uno.datasource.autoconfigure;

import java.sql.SQLException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.uno.datasource.Node;
import io.uno.error.FailureOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Notes in whatever the driver throws on connections of a node's pool which node that is.
 * Hikari asks for each failure whether it has to give the connection up; what it is told
 * is what it would have been told without this.
 *
 * @param node the node
 * @param configured what the pool was configured to ask, {@code null} for nobody
 */
record NodeFailures(Node node, @Nullable SQLExceptionOverride configured) implements SQLExceptionOverride {

	/**
	 * Has a pool that has not been started yet note its node.
	 */
	static void noteIn(HikariConfig pool, Node node) {
		SQLExceptionOverride configured = pool.getExceptionOverride();
		pool.setExceptionOverride(new NodeFailures(node,
				(configured instanceof NodeFailures inherited) ? inherited.configured() : configured));
	}

	// Hikari's answer has the name of the annotation
	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		FailureOrigin.place(failure, this.node.database(), this.node.id());
		return (this.configured != null) ? this.configured.adjudicate(failure) : Override.CONTINUE_EVICT;
	}

}
