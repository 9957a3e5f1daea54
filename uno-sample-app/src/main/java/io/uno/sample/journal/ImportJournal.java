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
	 * Finds the last import of the same data that came to its end.
	 * @param fingerprint tells the data
	 * @return the import, empty when there was none
	 */
	public Optional<ImportRun> findFinished(String fingerprint) {
		return this.journal.read((session) -> session.createSelectionQuery("""
				from ImportRun where fingerprint = :fingerprint and finishedAt is not null
				order by id desc limit 1""", ImportRun.class)
			.setParameter("fingerprint", fingerprint)
			.uniqueResultOptional());
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
