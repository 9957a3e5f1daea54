package io.uno.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Counts the tests of each tag that really ran, so that a build in which the tests on
 * PostgreSQL were skipped cannot look like a good one. Every JVM of a build appends its
 * counts to the same file.
 */
public final class TaggedTestCounter implements TestExecutionListener {

	private final Path file;

	private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

	/**
	 * Create the listener that JUnit finds.
	 */
	public TaggedTestCounter() {
		this(Path.of("target", "tagged-tests.txt"));
	}

	TaggedTestCounter(Path file) {
		this.file = file;
	}

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		this.counts.clear();
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.isTest() && result.getStatus() != TestExecutionResult.Status.ABORTED) {
			test.getTags().stream().map(TestTag::getName).forEach((tag) -> this.counts.merge(tag, 1, Integer::sum));
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		StringBuilder lines = new StringBuilder();
		this.counts.forEach((tag, count) -> lines.append(tag).append(' ').append(count).append('\n'));
		try {
			Files.createDirectories(this.file.toAbsolutePath().getParent());
			Files.writeString(this.file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot append the counts of tagged tests to '%s'".formatted(this.file), ex);
		}
	}

}
