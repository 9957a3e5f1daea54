package io.uno.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the servers when their JVM ends, asked of JVMs that are really killed.
 */
@Tag("postgres")
class JvmEndTests {

	private final List<Child> children = new ArrayList<>();

	@AfterEach
	void endChildren() throws InterruptedException {
		for (Child child : this.children) {
			child.process.destroy();
			child.process.waitFor();
			child.awaitServersGone();
		}
	}

	@Test
	void serversOfAKilledJvmAreGoneAndTheNextOneAnswers() throws Exception {
		Child first = start();
		first.kill();
		first.awaitServersGone();
		Child second = start();
		assertThat(second.jdbc().queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
	}

	@Test
	void nextJvmStopsTheServersThatNobodyWatches() throws Exception {
		Child first = start();
		assertThat(first.shells).hasSize(1);
		first.shells.forEach(ProcessHandle::destroyForcibly);
		first.kill();
		assertThat(first.servers).allMatch(ProcessHandle::isAlive);
		Child second = start();
		first.awaitServersGone();
		assertThat(second.jdbc().queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
	}

	@Test
	void nextJvmTakesOverTheDataOfAKilledOne(@TempDir Path directory) throws Exception {
		Child first = start(directory.toString());
		first.shells.forEach(ProcessHandle::destroyForcibly);
		first.jdbc().execute("CREATE TABLE city AS SELECT 'Bern' AS name");
		assertThat(first.jdbc().queryForObject("SHOW fsync", String.class)).isEqualTo("on");
		first.kill();
		Child second = start(directory.toString());
		first.awaitServersGone();
		assertThat(second.jdbc().queryForObject("SELECT name FROM city", String.class)).isEqualTo("Bern");
		assertThat(second.servers).doesNotContainAnyElementsOf(first.servers);
	}

	@Test
	void orderlyEndStopsTheServers() throws Exception {
		Child child = start();
		child.process.getOutputStream().close();
		assertThat(child.process.waitFor()).isZero();
		child.awaitServersGone();
		assertThat(child.shells).noneMatch(ProcessHandle::isAlive);
	}

	@Test
	void directoryOfALivingJvmIsRefused(@TempDir Path directory) throws Exception {
		Child owner = start(directory.toString());
		Process refused = process(directory.toString());
		refused.getOutputStream().close();
		String output = new String(refused.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(refused.waitFor()).isOne();
		assertThat(output)
			.contains("The data directory '%s' is in use by the process %d".formatted(directory, owner.process.pid()));
		assertThat(owner.jdbc().queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
	}

	private Child start(String... arguments) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command(arguments));
		Process process = builder.redirectError(Redirect.INHERIT).start();
		Child child = Child.read(process);
		this.children.add(child);
		return child;
	}

	private static Process process(String... arguments) throws IOException {
		return new ProcessBuilder(command(arguments)).redirectOutput(Redirect.DISCARD).start();
	}

	private static List<String> command(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
						System.getProperty("java.class.path"), EmbeddedProcess.class.getName()));
		command.addAll(List.of(arguments));
		return command;
	}

	private record Child(Process process, String url, String username, String password, List<ProcessHandle> servers,
			List<ProcessHandle> shells) {

		static Child read(Process process) throws IOException {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.startsWith("READY ")) {
					String[] words = line.split(" ");
					return new Child(process, words[1], words[2], words[3], processes(words[4]), processes(words[5]));
				}
			}
			throw new IllegalStateException("The JVM ended before its servers were ready");
		}

		private static List<ProcessHandle> processes(String ids) {
			return Arrays.stream(ids.split(","))
				.map((id) -> ProcessHandle.of(Long.parseLong(id)).orElseThrow())
				.toList();
		}

		JdbcTemplate jdbc() {
			return new JdbcTemplate(new DriverManagerDataSource(this.url, this.username, this.password));
		}

		void kill() throws InterruptedException {
			this.process.destroyForcibly().waitFor();
		}

		void awaitServersGone() {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> this.servers.stream().noneMatch(ProcessHandle::isAlive));
		}

	}

}
