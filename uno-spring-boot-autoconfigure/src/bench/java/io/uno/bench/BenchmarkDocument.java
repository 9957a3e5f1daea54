package io.uno.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The document with all figures. It is written wholly by the run that made them.
 *
 * @param options how the benchmarks were run
 * @param environment on what they ran
 * @param sections what each of them found
 */
record BenchmarkDocument(BenchmarkOptions options, Environment environment, List<Section> sections) {

	private static final String COMMAND = "./mvnw -q -Pbench verify -pl uno-spring-boot-autoconfigure";

	Path write() throws IOException {
		Path file = this.options.document();
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text());
	}

	private String text() {
		StringBuilder text = new StringBuilder(heading());
		text.append("\n## Limits\n\n").append(targets()).append("\n## Where\n\n").append(this.environment);
		for (Section section : this.sections) {
			text.append("\n## ").append(section.title()).append("\n\n").append(section.text());
		}
		return text.append("\n## How the figures are made\n\n").append(method()).toString();
	}

	private String heading() {
		if (this.options.isFull()) {
			return """
					# Benchmarks

					`%s` measured everything on this page and wrote it. Do not edit it.
					""".formatted(COMMAND);
		}
		return """
				# NOT THE BENCHMARKS: a small run to try something out

				%d rounds of %,d rows, %,d from the stream; only %s. These figures mean nothing.
				""".formatted(this.options.rounds(), this.options.rows(), this.options.streamRows(),
				this.options.parts());
	}

	String targets() {
		MarkdownTable table = new MarkdownTable("what", "limit", "measured", "95 % interval", "met");
		this.sections.stream()
			.flatMap((section) -> section.targets().stream())
			.forEach((target) -> table.row(target.subject(),
					target.bound() + " " + MarkdownTable.figure(target.limit(), 2),
					MarkdownTable.figure(target.measured().median(), 2), MarkdownTable.limits(target.measured(), 2),
					target.isMet() ? "yes" : "**no**"));
		return table
				+ """

						A limit is met when the median is within it and the interval not wholly outside. *Level* is what has 1 in its
						interval; *wholly above* asks it of the whole interval.
						""";
	}

	private String method() {
		return """
				Everything that is compared ran in the same run, by turns: each round runs every way once, in a random order.
				A ratio or a difference is taken in each round, between two times of that round, and its median told. Intervals are
				distribution-free, made of order statistics (W. J. Conover, *Practical Nonparametric Statistics*, 3rd edition,
				section 3.2; G. J. Hahn and W. Q. Meeker, *Statistical Intervals*, chapter 5): with %d rounds they contain the
				true median with a probability of %s %%.
				"""
			.formatted(this.options.rounds(), MarkdownTable.figure(100 * Interval.coverage(this.options.rounds()), 1));
	}

	boolean allMet() {
		return this.sections.stream().flatMap((section) -> section.targets().stream()).allMatch(Target::isMet);
	}

}
