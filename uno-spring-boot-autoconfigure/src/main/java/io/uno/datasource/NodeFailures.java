package io.uno.datasource;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.uno.error.FailureOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Notes in whatever the driver throws on connections of a node's pool which node that is,
 * and counts it. Hikari asks for each failure whether it has to give the connection up;
 * what it is told is what it would have been told without this.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class NodeFailures implements SQLExceptionOverride {

	private final Node node;

	private final @Nullable SQLExceptionOverride configured;

	private final AtomicInteger count = new AtomicInteger();

	private NodeFailures(Node node, @Nullable SQLExceptionOverride configured) {
		this.node = node;
		this.configured = configured;
	}

	/**
	 * Has a pool that has not been started yet note its node.
	 * @param pool the pool, or what one is made from
	 * @param node the node
	 */
	public static void noteIn(HikariConfig pool, Node node) {
		SQLExceptionOverride configured = pool.getExceptionOverride();
		pool.setExceptionOverride(new NodeFailures(node,
				(configured instanceof NodeFailures inherited) ? inherited.configured : configured));
	}

	/**
	 * Returns a figure that is another one after each failure.
	 * @return the figure, not negative
	 */
	public int count() {
		return this.count.get() & Integer.MAX_VALUE;
	}

	// Hikari's answer has the name of the annotation
	@java.lang.Override
	public Override adjudicate(SQLException failure) {
		this.count.incrementAndGet();
		FailureOrigin.place(failure, this.node.database(), this.node.id());
		return (this.configured != null) ? this.configured.adjudicate(failure) : Override.CONTINUE_EVICT;
	}

}
