package io.uno.migration.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.uno.migration.MigrationGenerator;
import io.uno.migration.MigrationRequest;
import io.uno.migration.ProvenMigration;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Generates migrations when all beans are there and before anything else is started: no
 * web server, no scheduled or listening work, no runners. Then the application ends, with
 * status 0, or by an exception as any failed start does.
 */
class MigrationGeneration implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(MigrationGeneration.class);

	private final MigrationGenerator generator;

	private final GenerationRequests requests;

	private final ConfigurableApplicationContext context;

	private final ApplicationExit exit;

	MigrationGeneration(MigrationGenerator generator, GenerationRequests requests,
			ConfigurableApplicationContext context, ApplicationExit exit) {
		this.generator = generator;
		this.requests = requests;
		this.context = context;
		this.exit = exit;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	@Override
	public void start() {
		List<ProvenMigration> migrations = new ArrayList<>();
		this.requests.all().forEach((request) -> prove(request, migrations));
		write(migrations);
		this.exit.exit(this.context);
	}

	private void prove(MigrationRequest request, List<ProvenMigration> migrations) {
		this.generator.prove(request)
			.ifPresentOrElse(migrations::add,
					() -> logger.info("Nothing to generate for database '%s': entities and migrations agree"
						.formatted(request.database())));
	}

	/**
	 * All or none.
	 */
	private static void write(List<ProvenMigration> migrations) {
		List<ProvenMigration> written = new ArrayList<>();
		try {
			for (ProvenMigration migration : migrations) {
				migration.write();
				written.add(migration);
			}
		}
		catch (RuntimeException ex) {
			written.forEach(ProvenMigration::delete);
			throw ex;
		}
		written.forEach(logger::info);
	}

	@Override
	public void stop() {
	}

	@Override
	public boolean isRunning() {
		return false;
	}

}
