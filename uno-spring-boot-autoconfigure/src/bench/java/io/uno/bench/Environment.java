package io.uno.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import de.bytefish.pgbulkinsert.PgBulkInsert;
import org.apache.shardingsphere.driver.jdbc.core.datasource.ShardingSphereDataSource;
import org.hibernate.Session;
import org.openjdk.jmh.runner.Runner;
import org.postgresql.PGConnection;
import software.amazon.jdbc.ds.AwsWrapperDataSource;

import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * On what the benchmarks ran: everything that a reader has to know to repeat them.
 *
 * @param facts what is known, in the order in which it is told
 */
record Environment(Map<String, String> facts) {

	private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes", "wal_level",
			"shared_buffers", "max_wal_size", "checkpoint_timeout");

	/**
	 * Takes note of everything.
	 * @param options how the benchmarks are run
	 * @param superuser asks the server
	 * @return the facts
	 */
	static Environment of(BenchmarkOptions options, JdbcTemplate superuser) throws IOException, InterruptedException {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("commit", commit(options.root()));
		facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
		facts.put("machine", machine());
		facts.put("operating system", property("os.name") + " " + property("os.version"));
		facts.put("load average before",
				MarkdownTable.figure(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), 2));
		facts.put("Java", "%s %s (%s)".formatted(property("java.vm.name"), property("java.runtime.version"),
				property("java.vendor")));
		facts.put("Java options", options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
		facts.put("PostgreSQL", superuser.queryForObject("select version()", String.class));
		facts.put("its settings", settings(superuser));
		facts.put("libraries", libraries());
		return new Environment(facts);
	}

	private static String commit(Path root) throws IOException, InterruptedException {
		String commit = git(root, "rev-parse", "HEAD");
		// the document is what is being written
		boolean clean = git(root, "status", "--porcelain", "--", ".", ":(exclude)docs/benchmarks.md").isEmpty();
		return clean ? commit : commit + " with uncommitted changes";
	}

	private static String git(Path root, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("git"));
		command.addAll(Arrays.asList(arguments));
		Process process = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes()).strip();
		if (process.waitFor() != 0) {
			throw new IllegalStateException("%s failed: %s".formatted(command, output));
		}
		return output;
	}

	private static String machine() throws IOException {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return "%s, %d cores, %s GiB".formatted(processor(), system.getAvailableProcessors(),
				MarkdownTable.figure(system.getTotalMemorySize() / (double) (1L << 30), 1));
	}

	private static String processor() throws IOException {
		Path description = Path.of("/proc/cpuinfo");
		if (!Files.isReadable(description)) {
			return property("os.arch");
		}
		try (Stream<String> lines = Files.lines(description)) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElseGet(() -> property("os.arch"));
		}
	}

	private static String options(List<String> arguments) {
		return arguments.stream().filter((argument) -> argument.startsWith("-X")).collect(Collectors.joining(" "));
	}

	private static String settings(JdbcTemplate superuser) {
		return SETTINGS.stream()
			.map((setting) -> setting + " = "
					+ superuser.queryForObject("select current_setting(?)", String.class, setting))
			.collect(Collectors.joining(", "));
	}

	private static String libraries() {
		return "Spring Boot %s, Spring %s, Spring Data JPA %s, Hibernate %s, HikariCP %s, pgjdbc %s, PgBulkInsert %s, dynamic-datasource %s, ShardingSphere-JDBC %s, AWS Advanced JDBC Wrapper %s, JMH %s"
			.formatted(SpringBootVersion.getVersion(), SpringVersion.getVersion(), version(JpaRepository.class),
					version(Session.class), version(HikariDataSource.class), version(PGConnection.class),
					version(PgBulkInsert.class), version(DynamicRoutingDataSource.class),
					version(ShardingSphereDataSource.class), version(AwsWrapperDataSource.class),
					version(Runner.class));
	}

	/**
	 * Maven names a jar by its version, which not every manifest tells.
	 */
	private static String version(Class<?> type) {
		String jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
			.getFileName()
			.toString();
		return jar.replaceFirst("^.*?-(\\d.*)\\.jar$", "$1");
	}

	private static String property(String name) {
		return System.getProperty(name, "unknown");
	}

	@Override
	public String toString() {
		return this.facts.entrySet()
			.stream()
			.map((fact) -> "- %s: %s\n".formatted(fact.getKey(), fact.getValue()))
			.collect(Collectors.joining());
	}

}
