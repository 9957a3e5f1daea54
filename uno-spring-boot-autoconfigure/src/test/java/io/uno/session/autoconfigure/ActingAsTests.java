package io.uno.session.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.routing.ActingAs;
import io.uno.routing.ContextResolver;
import io.uno.routing.ContextSwitchException;
import io.uno.routing.TransactionContext;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ActingAs} and for the user that Spring Security has authenticated.
 */
@SpringBootTest(classes = ActingAsTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "uno.default-database=atlas", "uno.databases.atlas.roles=reader,auditor",
				"uno.databases.atlas.hikari.maximum-pool-size=2", "logging.level.root=warn",
				"uno.databases.atlas.hikari.connection-timeout=2000", "spring.flyway.enabled=false" })
@EmbeddedPostgres
@Tag("postgres")
class ActingAsTests {

	private static final String STATE = """
			select concat_ws('/', current_user, nullif(current_setting('uno.tenant', true), ''),
				nullif(current_setting('uno.user', true), ''))
			""";

	private final Works works;

	private final Audits audits;

	private final States states;

	private final NoteRepository notes;

	private final JdbcTemplate jdbc;

	private final EntityManagerFactory entityManagerFactory;

	private final HikariDataSource pool;

	private final String owner;

	@Autowired
	ActingAsTests(Works works, Audits audits, States states, NoteRepository notes, JdbcTemplate jdbc,
			EntityManagerFactory entityManagerFactory, @Qualifier("atlas.main") HikariDataSource pool,
			PostgresCluster atlas) {
		this.works = works;
		this.audits = audits;
		this.states = states;
		this.notes = notes;
		this.jdbc = jdbc;
		this.entityManagerFactory = entityManagerFactory;
		this.pool = pool;
		this.owner = atlas.username();
	}

	@BeforeAll
	static void createTables(@Autowired PostgresCluster atlas) {
		JdbcTemplate jdbc = new JdbcTemplate(atlas.primary().dataSource());
		jdbc.execute("create table note (id bigint primary key, text text)");
		jdbc.execute("grant select, insert, delete on note to reader");
		jdbc.execute("alter table note enable row level security");
		jdbc.execute("create policy tenant on note using (text = current_setting('uno.tenant', true))");
	}

	@BeforeEach
	void createNotes() {
		this.jdbc.update("delete from note");
		this.jdbc.update("insert into note (id, text) values (1, '7'), (2, '8'), (3, '7')");
	}

	@AfterEach
	void nothingIsLeft() {
		SecurityContextHolder.clearContext();
		CurrentAgency.id.remove();
		assertThat(state()).isEqualTo(this.owner);
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void transactionOfAMethodActsAsItSays() {
		assertThat(this.works.reader()).isEqualTo("reader/7");
		assertThat(this.works.plain()).isEqualTo("auditor");
	}

	@Test
	void methodWithoutTransactionHandsItToWhatItCalls() {
		assertThat(this.works.withoutTransaction(this.states::inTransaction)).isEqualTo("reader/8/ann");
		assertThat(this.works.withoutTransaction(this::state)).isEqualTo("reader/8/ann");
	}

	@Test
	void innerMethodAddsToTheOuterAndEndsWithItself() {
		assertThat(this.works.withoutTransaction(() -> this.audits.user() + " " + state()))
			.isEqualTo("reader/8/bob reader/8/ann");
	}

	@Test
	void methodThatJoinsNeedsTheSame() {
		assertThat(this.works.calling(this.works::reader)).isEqualTo("reader/7");
		assertThatExceptionOfType(ContextSwitchException.class).isThrownBy(() -> this.works.calling(this.works::plain))
			.withMessageStartingWith("The running transaction has role 'reader' and can't take role 'auditor'");
		assertThat(this.works.calling(this.works::newTransaction)).isEqualTo("auditor/7");
	}

	@Test
	void metaAnnotationActsToo() {
		assertThat(this.audits.meta()).isEqualTo("auditor/meta");
	}

	@Test
	void repositoriesFollowAndActByThemselves() {
		assertThat(this.works.notes(this.notes)).containsExactly(1L, 3L);
		assertThat(this.notes.ofEight()).containsExactly(2L);
		assertThat(this.notes.findAll()).hasSize(3);
	}

	@Test
	void sessionHeldOpenShowsNoTenantTheEntitiesOfAnother() {
		try (EntityManager open = this.entityManagerFactory.createEntityManager()) {
			TransactionSynchronizationManager.bindResource(this.entityManagerFactory, new EntityManagerHolder(open));
			assertThat(this.notes.findById(2L)).isPresent();
			assertThat(this.works.note(this.notes, 2)).isNull();
			assertThat(this.notes.findById(2L)).isPresent();
			assertThat(TransactionSynchronizationManager.hasResource(this.entityManagerFactory)).isTrue();
		}
		finally {
			TransactionSynchronizationManager.unbindResource(this.entityManagerFactory);
		}
	}

	@Test
	void userIsTheOneThatSpringSecurityHasAuthenticated() {
		authenticate(UsernamePasswordAuthenticationToken.authenticated("ann", "secret",
				AuthorityUtils.createAuthorityList("USER")));
		assertThat(this.states.inTransaction()).isEqualTo(this.owner + "/ann");
		assertThat(state()).isEqualTo(this.owner + "/ann");
		assertThat(this.works.reader()).isEqualTo("reader/7/ann");
		assertThat(this.audits.user()).isEqualTo(this.owner + "/bob");
	}

	@Test
	void tenantIsTheOneThatAResolverTells() {
		CurrentAgency.id.set(8L);
		assertThat(this.states.inTransaction()).isEqualTo(this.owner + "/8");
		assertThat(this.works.plain()).isEqualTo("auditor/8");
		assertThat(this.works.reader()).isEqualTo("reader/7");
	}

	@Test
	void whoIsAnonymousOrNotAuthenticatedIsNobody() {
		authenticate(
				new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("ANONYMOUS")));
		assertThat(this.states.inTransaction()).isEqualTo(this.owner);
		authenticate(UsernamePasswordAuthenticationToken.unauthenticated("ann", "secret"));
		assertThat(this.states.inTransaction()).isEqualTo(this.owner);
	}

	@Test
	void declarationsThatCannotBeRightFailTheStart(@Autowired PostgresCluster atlas) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
					UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues("uno.databases.atlas.url=" + atlas.primary().jdbcUrl(),
					"uno.databases.atlas.username=" + atlas.username(),
					"uno.databases.atlas.password=" + atlas.password(), "uno.databases.atlas.roles=reader",
					"spring.flyway.enabled=false");
		runner.withBean(Stranger.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("@ActingAs of 'io.uno.session.autoconfigure.ActingAsTests$Stranger.work' names the role "
						+ "'auditor', which is not permitted; permitted: reader. Roles are permitted by 'uno.roles' and "
						+ "'uno.databases.<name>.roles'"));
		runner.withBean(Nobody.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage(
						"@ActingAs of 'io.uno.session.autoconfigure.ActingAsTests$Nobody.work' does not say on whose "
								+ "behalf; give a role, a tenant or a user"));
	}

	private static void authenticate(Authentication authentication) {
		SecurityContextHolder.getContext().setAuthentication(authentication);
	}

	private String state() {
		return Objects.requireNonNull(this.jdbc.queryForObject(STATE, String.class));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ SessionApplication.class, CurrentAgency.class, Works.class, Audits.class, States.class })
	@EnableJpaRepositories(considerNestedRepositories = true,
			includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = NoteRepository.class))
	static class Application {

		@Bean
		ContextResolver tenants(CurrentAgency agency) {
			return () -> agency.isKnown() ? TransactionContext.none().withTenant(agency.id()) : null;
		}

	}

	static class CurrentAgency {

		private static final ThreadLocal<Long> id = new ThreadLocal<>();

		boolean isKnown() {
			return id.get() != null;
		}

		Long id() {
			return id.get();
		}

	}

	@ActingAs(role = "auditor")
	static class Works {

		private final States states;

		Works(States states) {
			this.states = states;
		}

		@Transactional
		String plain() {
			return this.states.state();
		}

		@Transactional
		@ActingAs(role = "reader", tenant = "7")
		String reader() {
			return this.states.state();
		}

		@ActingAs(role = "reader", tenant = "8", user = "ann")
		String withoutTransaction(Supplier<String> call) {
			return call.get();
		}

		@Transactional
		@ActingAs(role = "reader", tenant = "7")
		String calling(Supplier<String> call) {
			return call.get();
		}

		@Transactional(propagation = Propagation.REQUIRES_NEW)
		String newTransaction() {
			return this.states.state();
		}

		@Transactional(readOnly = true)
		@ActingAs(role = "reader", tenant = "7")
		List<Long> notes(NoteRepository notes) {
			return notes.findAll().stream().map(Note::getId).sorted().toList();
		}

		@ActingAs(role = "reader", tenant = "7")
		@Nullable Note note(NoteRepository notes, long id) {
			return notes.findById(id).orElse(null);
		}

	}

	static class Audits {

		private final States states;

		Audits(States states) {
			this.states = states;
		}

		@Audit
		@Transactional
		String meta() {
			return this.states.state();
		}

		@Transactional
		@ActingAs(user = "bob")
		String user() {
			return this.states.state();
		}

	}

	static class Stranger {

		@Audit
		void work() {
		}

	}

	static class Nobody {

		@ActingAs
		void work() {
		}

	}

	static class States {

		private final JdbcTemplate jdbc;

		States(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		String state() {
			return Objects.requireNonNull(this.jdbc.queryForObject(STATE, String.class));
		}

		@Transactional
		String inTransaction() {
			return state();
		}

	}

	interface NoteRepository extends JpaRepository<Note, Long> {

		@ActingAs(role = "reader", tenant = "8")
		@Query("select note.id from Note note")
		List<Long> ofEight();

	}

	@ActingAs(role = "auditor", user = "meta")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Audit {

	}

}
