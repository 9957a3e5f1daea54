package io.uno.embedded.autoconfigure;

import io.uno.embedded.PostgresCluster;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.context.support.DirtiesContextTestExecutionListener;

/**
 * Undoes the faults of a test class before the next one uses the servers.
 */
class FaultHealingTestExecutionListener implements TestExecutionListener, Ordered {

	// the last to start is the first to end: while the context is still there
	@Override
	public int getOrder() {
		return DirtiesContextTestExecutionListener.ORDER + 100;
	}

	@Override
	public void afterTestClass(TestContext testContext) {
		boolean embedded = TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), EmbeddedPostgres.class);
		if (embedded && testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeansOfType(PostgresCluster.class)
				.values()
				.forEach(PostgresCluster::heal);
		}
	}

}
