package io.uno.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fixture.tags.TaggedCases;
import fixture.tags.UntaggedCases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

/**
 * Tests for {@link TaggedTestCounter}.
 */
class TaggedTestCounterTests {

	private Path file = Path.of("");

	@BeforeEach
	void fileInNewDirectory(@TempDir Path directory) {
		this.file = directory.resolve("target").resolve("counts.txt");
	}

	@Test
	void countsWhatRanButNotWhatWasSkippedOrAborted() throws IOException {
		run(TaggedCases.class, new TaggedTestCounter(this.file));
		assertThat(Files.readAllLines(this.file)).containsExactly("docker 1", "postgres 5");
	}

	@Test
	void countsNothingForTestsWithoutATag() throws IOException {
		run(UntaggedCases.class, new TaggedTestCounter(this.file));
		assertThat(this.file).isEmptyFile();
	}

	@Test
	void appendsTheCountsOfEveryRun() throws IOException {
		TaggedTestCounter counter = new TaggedTestCounter(this.file);
		run(TaggedCases.class, counter);
		run(TaggedCases.class, counter);
		assertThat(Files.readAllLines(this.file)).containsExactly("docker 1", "postgres 5", "docker 1", "postgres 5");
	}

	private static void run(Class<?> tests, TestExecutionListener listener) {
		LauncherConfig config = LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectClass(tests))
			.build();
		LauncherFactory.create(config).execute(request, listener);
	}

}
