package io.uno.datasource;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one database: up to where its primary has written, and how its servers
 * are asked. Safe for use by many threads.
 */
final class DatabaseWatch {

	private final Node main;

	private final MonitorSettings settings;

	private final PositionSources sources;

	private final WrittenLog log = new WrittenLog();

	private volatile @Nullable String cluster;

	DatabaseWatch(Database database, MonitorSettings settings, List<PositionSource> sources) {
		this.main = database.main();
		this.settings = settings;
		this.sources = new PositionSources(database.name(), sources);
	}

	/**
	 * A node that only follows another one has not written what it tells.
	 */
	void mainAnswered(long asked, NodeReport report) {
		if (report.cluster() != null) {
			this.cluster = report.cluster();
		}
		Position written = (report.duty() != Duty.REPLICA) ? report.at(this.main.database()) : null;
		if (written != null) {
			this.log.seen(asked, written);
		}
	}

	Node main() {
		return this.main;
	}

	MonitorSettings settings() {
		return this.settings;
	}

	PositionSources sources() {
		return this.sources;
	}

	WrittenLog log() {
		return this.log;
	}

	/**
	 * Identifies the cluster of the primary, {@code null} while that is not known.
	 */
	@Nullable String cluster() {
		return this.cluster;
	}

}
