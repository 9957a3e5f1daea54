package io.uno.sample.journal;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One import: what was read, when, and what came of it.
 */
@Entity
public class ImportRun {

	@Id
	@GeneratedValue
	@SequenceGenerator(name = "import_run_seq", allocationSize = 1)
	private @Nullable Long id;

	private String source;

	@Column(length = 64)
	private String fingerprint;

	private Instant startedAt;

	private @Nullable Instant finishedAt;

	@Embedded
	private Figures figures;

	@SuppressWarnings("NullAway.Init")
	protected ImportRun() {
	}

	ImportRun(String source, String fingerprint, Instant startedAt) {
		this.source = source;
		this.fingerprint = fingerprint;
		this.startedAt = startedAt;
		this.figures = new Figures(0, 0, 0, 0, 0);
	}

	void finish(Figures figures, Instant finishedAt) {
		this.figures = figures;
		this.finishedAt = finishedAt;
	}

	boolean isFinished() {
		return this.finishedAt != null;
	}

	boolean isOf(String data) {
		return this.fingerprint.equals(data);
	}

	public @Nullable Long getId() {
		return this.id;
	}

	public String getSource() {
		return this.source;
	}

	public Instant getStartedAt() {
		return this.startedAt;
	}

	public @Nullable Instant getFinishedAt() {
		return this.finishedAt;
	}

	public Figures getFigures() {
		return this.figures;
	}

}
