package io.uno.sample.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.uno.sample.journal.Figures;
import io.uno.sample.journal.ImportJournal;
import io.uno.sample.journal.ImportRun;
import io.uno.sample.load.AtlasProperties.Mode;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Imports at the first start, and reports what came of it.
 */
@Component
public class ImportRunner implements ApplicationRunner, ExitCodeGenerator {

	private static final int ROWS_REJECTED = 2;

	private final AtlasProperties properties;

	private final AtlasImport atlas;

	private final ImportJournal journal;

	private final ReplicaArrival arrival;

	private final Links links;

	private volatile boolean rejected;

	ImportRunner(AtlasProperties properties, AtlasImport atlas, ImportJournal journal, ReplicaArrival arrival,
			Links links) {
		this.properties = properties;
		this.atlas = atlas;
		this.journal = journal;
		this.arrival = arrival;
		this.links = links;
	}

	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		AtlasFiles files = AtlasFiles.with(this.properties.cities());
		String fingerprint = files.fingerprint();
		Optional<ImportRun> earlier = this.journal.findCurrent(fingerprint);
		Figures figures = earlier.isPresent() ? reportEarlier(earlier.get()) : load(files, fingerprint);
		this.links.lines().forEach(System.out::println);
		this.rejected = figures.rejected() > 0;
	}

	private Figures load(AtlasFiles files, String fingerprint) throws InterruptedException {
		System.out.printf("%nWorld Atlas imports %s%n", files.cities().name());
		ImportRun run = this.journal.begin(files.cities().name(), fingerprint);
		long start = System.nanoTime();
		ImportSummary summary = new ImportSummary(this.atlas.load(files), Duration.ofNanos(System.nanoTime() - start));
		this.journal.finish(run, summary.figures());
		System.out.println();
		summary.lines(this.arrival.await()).forEach(System.out::println);
		return summary.figures();
	}

	private Figures reportEarlier(ImportRun run) throws InterruptedException {
		Figures figures = run.getFigures();
		System.out.printf(Locale.ROOT, "%nWorld Atlas has nothing to import: run %d of %s loaded %,d cities%n",
				run.getId(), run.getStartedAt(), figures.cities());
		System.out.printf("%-12s %s%n", "reads", this.arrival.await());
		return figures;
	}

	/**
	 * Returns whether the application shall end now: it was asked to import only, or a
	 * row was rejected.
	 */
	public boolean isLast() {
		return this.properties.mode() == Mode.IMPORT || this.rejected;
	}

	@Override
	public int getExitCode() {
		return this.rejected ? ROWS_REJECTED : 0;
	}

}
