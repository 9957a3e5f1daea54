package io.uno.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a page of its own in the Chromium that is installed, and skips the
 * tests where there is none: a browser is never downloaded.
 */
class ChromiumExtension implements ExecutionCondition, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(ChromiumExtension.class);

	private static final int OLDEST_NODE = 18;

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		for (String program : List.of("chromium", "node")) {
			if (find(program).isEmpty()) {
				return ConditionEvaluationResult.disabled("There is no '%s' on the path; ".formatted(program)
						+ "Debian's packages chromium and nodejs have what this test needs");
			}
		}
		String version = nodeVersion();
		return (majorVersion(version) >= OLDEST_NODE)
				? ConditionEvaluationResult.enabled("Chromium and Node.js are installed")
				: ConditionEvaluationResult
					.disabled("The 'node' on the path has version '%s', this test needs %d or later".formatted(version,
							OLDEST_NODE));
	}

	private static String nodeVersion() {
		try {
			Process process = new ProcessBuilder("node", "--version").start();
			try (InputStream output = process.getInputStream()) {
				return new String(output.readAllBytes(), StandardCharsets.UTF_8).trim();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int majorVersion(String version) {
		Matcher matcher = Pattern.compile("v(\\d+)\\..*").matcher(version);
		return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	private static Optional<Path> find(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Page.class;
	}

	@Override
	public Page resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Chromium chromium = context.getParent()
			.orElseThrow()
			.getStore(NAMESPACE)
			.computeIfAbsent(Chromium.class, (key) -> Chromium.start(), Chromium.class);
		return context.getStore(NAMESPACE)
			.computeIfAbsent(OpenPage.class, (key) -> chromium.open(), OpenPage.class)
			.page();
	}

	/**
	 * A browser, for all tests of a class.
	 */
	private record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {

		static Chromium start() {
			Playwright playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH",
					find("node").orElseThrow().toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
			return new Chromium(playwright, playwright.chromium()
				.launch(new LaunchOptions().setExecutablePath(find("chromium").orElseThrow()).setArgs(ARGUMENTS)));
		}

		OpenPage open() {
			BrowserContext context = this.browser.newContext();
			return new OpenPage(context, context.newPage());
		}

		@Override
		public void close() {
			this.playwright.close();
		}

	}

	/**
	 * A page with cookies and everything else of its own, for one test.
	 */
	private record OpenPage(BrowserContext context, Page page) implements AutoCloseable {

		@Override
		public void close() {
			this.context.close();
		}

	}

}
