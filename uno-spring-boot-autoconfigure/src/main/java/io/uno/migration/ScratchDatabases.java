package io.uno.migration;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

import javax.sql.DataSource;

/**
 * The scratch databases of one run, dropped at its end. Not thread-safe.
 */
final class ScratchDatabases implements AutoCloseable {

	private final DatabaseAdmin admin;

	private final Deque<String> names = new ArrayDeque<>();

	ScratchDatabases(DatabaseAdmin admin) {
		this.admin = admin;
	}

	ScratchDatabase create() {
		String name = newName();
		this.admin.create(name);
		return register(name);
	}

	ScratchDatabase copy(ScratchDatabase original) {
		String name = newName();
		this.admin.copy(original.name(), name);
		return register(name);
	}

	private ScratchDatabase register(String name) {
		this.names.push(name);
		return new ScratchDatabase(name, this.admin.dataSource(name));
	}

	private static String newName() {
		return "uno_scratch_" + UUID.randomUUID().toString().replace("-", "");
	}

	@Override
	public void close() {
		while (!this.names.isEmpty()) {
			this.admin.drop(this.names.pop());
		}
	}

	/**
	 * A database that is dropped soon.
	 *
	 * @param name its name on the scratch server
	 * @param dataSource connections to it
	 */
	record ScratchDatabase(String name, DataSource dataSource) {

	}

}
