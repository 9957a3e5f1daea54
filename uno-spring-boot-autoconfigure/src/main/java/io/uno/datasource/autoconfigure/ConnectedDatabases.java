package io.uno.datasource.autoconfigure;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * The databases for which the application's beans have a connection, so that no embedded
 * server is started. Part of the environment, from which everything that is declared is
 * read, but has no properties of its own. Immutable.
 *
 * @since 0.1.0
 */
public final class ConnectedDatabases extends PropertySource<Set<String>> {

	private static final String NAME = "uno connected databases";

	private ConnectedDatabases(Set<String> databases) {
		super(NAME, databases);
	}

	/**
	 * Takes note of the databases that have a connection.
	 * @param environment the application's environment
	 * @param databases the names of these databases
	 */
	public static void set(ConfigurableEnvironment environment, Set<String> databases) {
		environment.getPropertySources().addLast(new ConnectedDatabases(Set.copyOf(databases)));
	}

	/**
	 * Reads the note.
	 * @param environment the application's environment
	 * @return the names of the databases that have a connection
	 */
	public static Set<String> from(Environment environment) {
		return (environment instanceof ConfigurableEnvironment configurable
				&& configurable.getPropertySources().get(NAME) instanceof ConnectedDatabases connected)
						? connected.getSource() : Set.of();
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return null;
	}

}
