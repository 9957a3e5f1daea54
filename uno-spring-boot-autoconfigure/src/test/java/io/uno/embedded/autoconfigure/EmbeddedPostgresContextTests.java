package io.uno.embedded.autoconfigure;

import java.util.Set;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresReplica;
import io.uno.embedded.ServerProcesses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What test classes with {@link EmbeddedPostgres} share, asked of Spring's test framework
 * itself.
 */
@Tag("postgres")
class EmbeddedPostgresContextTests {

	@Test
	void classesShareServersAndHaveFreshDatabases() throws Exception {
		TestContextManager first = new TestContextManager(First.class);
		TestContextManager second = new TestContextManager(Second.class);
		PostgresCluster one = cluster(first);
		PostgresCluster other = cluster(second);
		try {
			assertThat(ServerProcesses.of(one)).containsExactlyElementsOf(ServerProcesses.of(other));
			assertThat(one.database()).isNotEqualTo(other.database());
			new JdbcTemplate(one.primary().dataSource()).execute("CREATE TABLE city (name text)");
			assertThat(tables(other)).isZero();
			assertThat(cluster(new TestContextManager(First.class))).isSameAs(one);
		}
		finally {
			close(first);
			close(second);
		}
	}

	@Test
	void databaseLivesAsLongAsItsContext() throws Exception {
		try (PostgresCluster observer = PostgresCluster.shared(0)) {
			TestContextManager first = new TestContextManager(First.class);
			String database = cluster(first).database();
			first.afterTestClass();
			assertThat(exists(observer, database)).isTrue();
			close(first);
			assertThat(exists(observer, database)).isFalse();
			assertThat(cluster(first).database()).isNotEqualTo(database);
			close(first);
		}
	}

	@Test
	void dirtyContextGivesUpItsDatabaseAfterItsClass() throws Exception {
		try (PostgresCluster observer = PostgresCluster.shared(0)) {
			TestContextManager dirty = new TestContextManager(Dirty.class);
			String database = cluster(dirty).database();
			cluster(dirty).primary().cut();
			dirty.afterTestClass();
			assertThat(exists(observer, database)).isFalse();
		}
	}

	@Test
	void faultsAreUndoneAfterTheClass() throws Exception {
		TestContextManager first = new TestContextManager(First.class);
		PostgresCluster cluster = cluster(first);
		PostgresReplica replica = cluster.replica("replica-1");
		try {
			replica.pauseReplay();
			replica.cut();
			cluster.primary().stop();
			first.afterTestClass();
			new JdbcTemplate(cluster.primary().dataSource()).execute("CREATE TABLE healed (name text)");
			replica.awaitReplay();
			assertThat(new JdbcTemplate(replica.dataSource()).queryForList("SELECT * FROM healed")).isEmpty();
		}
		finally {
			close(first);
		}
	}

	@Test
	void databasesHaveServersEach() throws Exception {
		TestContextManager several = new TestContextManager(Several.class);
		ApplicationContext context = several.getTestContext().getApplicationContext();
		try {
			PostgresCluster atlas = context.getBean("atlas.cluster", PostgresCluster.class);
			PostgresCluster journal = context.getBean("journal.cluster", PostgresCluster.class);
			assertThat(context.getBean(PostgresCluster.class)).isSameAs(atlas);
			assertThat(atlas.replicas()).extracting(PostgresReplica::name).containsExactly("east");
			assertThat(journal.replicas()).isEmpty();
			assertThat(ServerProcesses.of(atlas)).doesNotContainAnyElementsOf(ServerProcesses.of(journal));
			journal.primary().stop();
			assertThat(tables(atlas)).isZero();
		}
		finally {
			close(several);
		}
	}

	private static PostgresCluster cluster(TestContextManager manager) {
		return manager.getTestContext().getApplicationContext().getBean(PostgresCluster.class);
	}

	private static void close(TestContextManager manager) {
		manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
	}

	private static int tables(PostgresCluster cluster) {
		Integer count = new JdbcTemplate(cluster.primary().dataSource())
			.queryForObject("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", Integer.class);
		return (count != null) ? count : -1;
	}

	private static boolean exists(PostgresCluster observer, String database) {
		return Set.copyOf(new JdbcTemplate(observer.primary().dataSource())
			.queryForList("SELECT datname FROM pg_database", String.class)).contains(database);
	}

	@ContextConfiguration(classes = Empty.class)
	@EmbeddedPostgres(replicas = 1)
	static class First {

	}

	@ContextConfiguration(classes = Empty.class)
	@EmbeddedPostgres(replicas = 1)
	static class Second {

	}

	@ContextConfiguration(classes = Empty.class)
	@EmbeddedPostgres
	@DirtiesContext
	static class Dirty {

	}

	@ContextConfiguration(classes = Empty.class)
	@TestPropertySource(
			properties = { "uno.default-database=atlas", "uno.databases.atlas.url=jdbc:postgresql://db-1/atlas",
					"uno.databases.atlas.replicas.east.url=jdbc:postgresql://db-2/atlas",
					"uno.databases.journal.packages=com.acme" })
	@EmbeddedPostgres
	static class Several {

	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
