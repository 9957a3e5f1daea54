package io.uno.migration.autoconfigure;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ends an application that has done what it was started for.
 */
@FunctionalInterface
interface ApplicationExit {

	/**
	 * Closes the context, and ends the JVM with status 0.
	 * @param context the application
	 */
	void exit(ConfigurableApplicationContext context);

}
