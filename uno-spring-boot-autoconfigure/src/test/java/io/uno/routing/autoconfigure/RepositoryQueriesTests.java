package io.uno.routing.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresNode;
import io.uno.routing.RouteConflictException;
import io.uno.routing.autoconfigure.answer.Answer;
import io.uno.routing.autoconfigure.answer.AnswerRepository;
import io.uno.routing.autoconfigure.answer.DeclaredAnswerRepository;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.orm.jpa.support.OpenEntityManagerInViewInterceptor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.ServletWebRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests which server answers the query methods of repositories.
 */
@Tag("postgres")
class RepositoryQueriesTests {

	private static PostgresCluster cluster;

	private static PostgresCluster other;

	private static ConfigurableApplicationContext context;

	private final AnswerRepository answers = context.getBean(AnswerRepository.class);

	private final DeclaredAnswerRepository declared = context.getBean(DeclaredAnswerRepository.class);

	private final JdbcTemplate primary = new JdbcTemplate(cluster.primary().dataSource());

	@BeforeAll
	static void start() {
		cluster = withTables();
		other = withTables();
		context = run(replicaOfBootsDataSource());
	}

	private static PostgresCluster withTables() {
		PostgresCluster cluster = PostgresCluster.shared(1);
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table question (id int primary key, text text)");
		jdbc.execute("create view answer as select id, text, pg_is_in_recovery() as replica from question");
		jdbc.execute("insert into question values (1, 'first'), (2, 'second')");
		cluster.replicas().get(0).awaitReplay();
		return cluster;
	}

	private static Map<String, Object> replicaOfBootsDataSource() {
		Map<String, Object> properties = new HashMap<>();
		node(properties, "spring.datasource", cluster.primary());
		node(properties, "uno.replicas.east", cluster.replicas().get(0));
		return properties;
	}

	private static Map<String, Object> declaredDatabases() {
		Map<String, Object> properties = new HashMap<>();
		properties.put("uno.default-database", "atlas");
		node(properties, "uno.databases.atlas", cluster.primary());
		node(properties, "uno.databases.journal", other.primary());
		node(properties, "uno.databases.journal.replicas.east", other.replicas().get(0));
		properties.put("uno.databases.journal.packages", Answer.class.getPackageName());
		return properties;
	}

	private static void node(Map<String, Object> properties, String prefix, PostgresNode node) {
		properties.put(prefix + ".url", node.jdbcUrl());
		properties.put(prefix + ".username", node.username());
		properties.put(prefix + ".password", node.password());
	}

	private static ConfigurableApplicationContext run(Map<String, Object> properties, String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off", "spring.flyway.enabled", "false"))
			.properties(properties)
			.run(arguments);
	}

	@AfterAll
	static void close() {
		context.close();
		cluster.close();
		other.close();
	}

	@BeforeEach
	@AfterEach
	void restore() {
		this.primary.execute("delete from question where id > 2");
		this.primary.execute("update question set text = 'first' where id = 1");
		cluster.replicas().get(0).awaitReplay();
	}

	@Test
	void queryThatDemandsTheLatestIsAnsweredByThePrimary() {
		assertThat(this.answers.findByIdLessThan(2)).extracting(Answer::isReplica).containsExactly(false);
	}

	@Test
	void derivedQueriesAreAnsweredByAReplica() {
		assertThat(this.answers.findByText("first")).get().extracting(Answer::isReplica).isEqualTo(true);
		assertThat(this.answers.readByText("first")).extracting(Answer::isReplica).containsExactly(true);
		assertThat(this.answers.existsByReplica(true)).isTrue();
		assertThat(this.answers.findByIdGreaterThan(0, PageRequest.of(0, 1))).extracting(Answer::isReplica)
			.containsExactly(true);
	}

	@Test
	void annotatedQueriesAreAnsweredByAReplica() {
		assertThat(this.answers.replicaAnswers(1)).isTrue();
		assertThat(this.answers.isInRecovery()).isTrue();
		assertThat(this.answers.countOf("first")).isOne();
	}

	@Test
	void queriesWithATransactionOfTheirOwnRunAsDeclared() {
		assertThat(this.answers.getByText("first")).get().extracting(Answer::isReplica).isEqualTo(false);
		assertThat(this.answers.searchByText("first")).get().extracting(Answer::isReplica).isEqualTo(false);
		assertThat(this.answers.insert(3)).isFalse();
	}

	@Test
	void queriesOfARepositoryWithATransactionOfItsOwnRunAsDeclared() {
		assertThat(this.declared.findByText("first")).extracting(Answer::isReplica).containsExactly(false);
		assertThat(this.declared.readByText("first")).extracting(Answer::isReplica).containsExactly(false);
	}

	@Test
	void modifyingQueriesRunAsDeclared() {
		assertThat(this.answers.renameInTransaction(1, "renamed")).isOne();
		assertThat(texts()).contains("renamed");
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> this.answers.rename(1, "refused"))
			.withMessageContaining("No active transaction");
	}

	@Test
	void lockingQueriesRunAsDeclared() {
		assertThat(this.answers.findLockedInTransactionByText("first")).get()
			.extracting(Answer::isReplica)
			.isEqualTo(false);
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> this.answers.findLockedByText("first"))
			.withMessageContaining("transaction");
	}

	@Test
	void derivedDeletionsAreNotPassedOverInSilence() {
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> this.answers.deleteByText("first"))
			.withMessageContaining("No EntityManager with actual transaction available");
	}

	@Test
	void derivedDeletionsJoinATransaction() {
		this.primary.update("insert into question values (3, 'third')");
		transaction(false).executeWithoutResult((status) -> this.answers.deleteByText("third"));
		assertThat(texts()).containsExactlyInAnyOrder("first", "second");
	}

	@Test
	void streamsNeedATransactionOfTheirReader() {
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> this.answers.streamByText("first"))
			.withMessageStartingWith(
					"You're trying to execute a streaming query method without a surrounding transaction");
		transaction(true).executeWithoutResult((status) -> {
			try (Stream<Answer> stream = this.answers.streamByText("first")) {
				assertThat(stream).extracting(Answer::isReplica).containsExactly(true);
			}
		});
	}

	@Test
	void proceduresAreLeftAlone() {
		this.primary.execute("create or replace procedure answers() language sql as "
				+ "$$ insert into question values (3, 'called') $$");
		this.answers.answers();
		assertThat(texts()).contains("called");
	}

	@Test
	void methodsThatAreNoQueriesAreLeftAlone() {
		assertThat(this.answers.isDefaultInTransaction()).isFalse();
		assertThat(this.answers.runsInTransaction()).isFalse();
	}

	@Test
	void queriesSeeTheWritesOfTheTransactionThatTheyJoin() {
		transaction(false).executeWithoutResult((status) -> {
			this.answers.save(new Answer(3, "third"));
			assertThat(this.answers.countOf("third")).isOne();
			assertThat(this.answers.findByText("third")).isPresent();
			assertThat(this.answers.isInRecovery()).isFalse();
		});
		assertThat(texts()).contains("third");
	}

	@Test
	void queriesJoinAReadOnlyTransaction() {
		transaction(true).executeWithoutResult((status) -> {
			Answer first = this.answers.findById(1).orElseThrow();
			assertThat(this.answers.findByText("first")).containsSame(first);
			assertThat(this.answers.isInRecovery()).isTrue();
		});
	}

	@Test
	void queriesRunWithoutTransactionWhereTheirCallerWantsNone() {
		TransactionTemplate none = transaction(false);
		none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
		assertThat(none.<Boolean>execute((status) -> this.answers.isInRecovery())).isFalse();
	}

	@Test
	void queryThatFailsLeavesTheTransactionOfItsCallerAlone() {
		this.primary.update("insert into question values (3, 'first')");
		transaction(false).executeWithoutResult((status) -> {
			assertThatExceptionOfType(IncorrectResultSizeDataAccessException.class)
				.isThrownBy(() -> this.answers.findByText("first"));
			this.answers.save(new Answer(4, "fourth"));
		});
		assertThat(texts()).contains("fourth");
	}

	@Test
	void queryThatWritesUnmarkedIsRefused() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.answers.insertUnmarked(3))
			.havingRootCause()
			.withMessageContaining("cannot execute INSERT in a read-only transaction");
	}

	@Test
	void whatIsFoundStaysChangeableWithOpenInView() {
		OpenEntityManagerInViewInterceptor openInView = new OpenEntityManagerInViewInterceptor();
		openInView.setEntityManagerFactory(context.getBean(EntityManagerFactory.class));
		ServletWebRequest request = new ServletWebRequest(new MockHttpServletRequest());
		openInView.preHandle(request);
		try {
			Answer found = this.answers.findByText("first").orElseThrow();
			assertThat(found.isReplica()).isTrue();
			transaction(false).executeWithoutResult((status) -> found.setText("changed"));
			assertThat(texts()).contains("changed");
		}
		finally {
			openInView.afterCompletion(request, null);
		}
	}

	@Test
	void queriesRunAsDeclaredIfSoConfigured() {
		try (ConfigurableApplicationContext asDeclared = run(replicaOfBootsDataSource(),
				"--uno.reads.repository-queries=as-declared")) {
			AnswerRepository answers = asDeclared.getBean(AnswerRepository.class);
			assertThat(answers.findByText("first")).get().extracting(Answer::isReplica).isEqualTo(false);
			assertThat(answers.findById(1)).get().extracting(Answer::isReplica).isEqualTo(true);
			assertThat(answers.insertUnmarked(3)).isFalse();
		}
	}

	@Test
	void queriesRunAsDeclaredWhereNothingIsRouted() {
		Map<String, Object> properties = new HashMap<>();
		node(properties, "spring.datasource", cluster.primary());
		for (String argument : List.of("--spring.application.name=plain", "--uno.roles=auditor")) {
			try (ConfigurableApplicationContext plain = run(properties, argument)) {
				assertThat(plain.getBean(AnswerRepository.class).insertUnmarked(3)).isFalse();
				this.primary.execute("delete from question where id = 3");
			}
		}
	}

	@Test
	void queriesOfAnotherDatabaseAreAnsweredByItsReplica() {
		try (ConfigurableApplicationContext databases = run(declaredDatabases())) {
			AnswerRepository answers = databases.getBean(AnswerRepository.class);
			new JdbcTemplate(other.primary().dataSource())
				.update("insert into question values (9, 'journal') on conflict do nothing");
			other.replicas().get(0).awaitReplay();
			assertThat(answers.findByText("journal")).get().extracting(Answer::isReplica).isEqualTo(true);
			assertThat(answers.countOf("journal")).isOne();
			TransactionTemplate atlas = new TransactionTemplate(databases.getBean(PlatformTransactionManager.class));
			atlas.executeWithoutResult((status) -> {
				databases.getBean(JdbcTemplate.class).queryForObject("select 1", Integer.class);
				assertThatExceptionOfType(RouteConflictException.class).isThrownBy(() -> answers.findByText("journal"));
			});
		}
	}

	private List<String> texts() {
		return this.primary.queryForList("select text from question", String.class);
	}

	private static TransactionTemplate transaction(boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		return transaction;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = Answer.class)
	@EnableJpaRepositories(basePackageClasses = AnswerRepository.class)
	static class Application {

	}

}
