package io.uno.sample.journal;

import java.time.Instant;
import java.util.Optional;

import io.uno.session.SessionTemplate;

import org.springframework.stereotype.Service;

/**
 * Keeps the record of imports, in a database of its own.
 */
@Service
public class ImportJournal {

	private final SessionTemplate journal;

	ImportJournal(SessionTemplate sessions) {
		this.journal = sessions.on("journal");
	}

	/**
	 * Finds the import whose data the tables hold: the last one, if it was of the same
	 * data and came to its end.
	 * @param fingerprint tells the data
	 * @return the import, empty when there is something to import
	 */
	public Optional<ImportRun> findCurrent(String fingerprint) {
		return this.journal.read((session) -> session.createSelectionQuery("""
				from ImportRun order by id desc limit 1""", ImportRun.class)
			.uniqueResultOptional()
			.filter((run) -> run.isFinished() && run.isOf(fingerprint)));
	}

	public ImportRun begin(String source, String fingerprint) {
		return this.journal.write((session) -> {
			ImportRun run = new ImportRun(source, fingerprint, Instant.now());
			session.persist(run);
			return run;
		});
	}

	public ImportRun finish(ImportRun begun, Figures figures) {
		return this.journal.write((session) -> {
			ImportRun run = session.merge(begun);
			run.finish(figures, Instant.now());
			return run;
		});
	}

}
