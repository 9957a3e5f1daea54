package io.uno.routing.autoconfigure;

import io.uno.datasource.autoconfigure.UnoDataSourceAutoConfiguration;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.ContextResolver;
import io.uno.routing.TransactionContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what happens at start when row security would not hold back the application.
 */
@Tag("postgres")
@ExtendWith(OutputCaptureExtension.class)
class ContextVerificationTests {

	private static PostgresCluster cluster;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoDataSourceAutoConfiguration.class,
				UnoRoutingAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("uno.databases.atlas.url=" + cluster.primary().jdbcUrl(),
				"uno.databases.atlas.username=" + cluster.username(),
				"uno.databases.atlas.password=" + cluster.password());

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(0);
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table forced (id int); alter table forced enable row level security");
		jdbc.execute("alter table forced force row level security");
		jdbc.execute("create table open (id int)");
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void ownerOfATableThatSparesItsOwnerIsRefused() {
		withSparingTable(() -> this.runner.withPropertyValues("uno.roles=reader").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription())
				.isEqualTo("Database 'atlas': '%s', as which the application connects, owns public.\"Sparing\", "
					.formatted(cluster.username()) + "whose row security does not hold for the owner.");
			assertThat(analysis.getAction()).isEqualTo(
					"""
							Roles and tenants separate nothing that way:
							    - Have it hold for the owner too, in a migration: alter table public."Sparing" force row level security.
							    - To start nevertheless, set 'uno.context.verify' to 'warn' or 'off'.""");
		}));
	}

	@Test
	void superuserIsRefused() {
		withAttribute("superuser", () -> this.runner.withPropertyValues("uno.roles=reader").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).isEqualTo(
					"Database 'atlas': '%s', as which the application connects, is a superuser, whom row security does not hold back."
						.formatted(cluster.username()));
			assertThat(analysis.getAction()).contains(
					"    - Connect to database 'atlas' as an ordinary role; keep '%s' for migrations, which have a user of their own (Flyway's 'user')."
						.formatted(cluster.username()));
		}));
	}

	@Test
	void loginThatBypassesRowSecurityIsRefused() {
		withAttribute("bypassrls", () -> this.runner.withPropertyValues("uno.roles=reader").run((context) -> {
			FailureAnalysis analysis = analysis(context);
			assertThat(analysis.getDescription()).endsWith("has BYPASSRLS, and row security does not hold it back.");
			assertThat(analysis.getAction()).contains("alter role \"%s\" nobypassrls".formatted(cluster.username()));
		}));
	}

	private static void withAttribute(String attribute, Runnable test) {
		JdbcTemplate superuser = new JdbcTemplate(cluster.primary().superuserDataSource());
		superuser.execute("alter role \"%s\" %s".formatted(cluster.username(), attribute));
		try {
			test.run();
		}
		finally {
			superuser.execute("alter role \"%s\" no%s".formatted(cluster.username(), attribute));
		}
	}

	@Test
	void ordinaryOwnerOfTablesThatHoldItIsFine() {
		this.runner.withPropertyValues("uno.roles=reader").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void nobodyLooksWhereNothingIsSeparated() {
		withSparingTable(() -> this.runner.run((context) -> assertThat(context).hasNotFailed()));
	}

	@Test
	void resolverOfTheApplicationSeparates() {
		withSparingTable(
				() -> this.runner.withBean(ContextResolver.class, () -> () -> TransactionContext.none().withTenant(7))
					.run((context) -> assertThat(context).hasFailed()));
	}

	@Test
	void warningIsEnoughWhereItIsAskedFor(CapturedOutput output) {
		withSparingTable(() -> this.runner.withPropertyValues("uno.roles=reader", "uno.context.verify=warn")
			.run((context) -> assertThat(context).hasNotFailed()));
		assertThat(output).contains("owns public.\"Sparing\", whose row security does not hold for the owner");
	}

	@Test
	void nobodyLooksWhereThatIsSwitchedOff(CapturedOutput output) {
		withSparingTable(() -> this.runner.withPropertyValues("uno.roles=reader", "uno.context.verify=off")
			.run((context) -> assertThat(context).hasNotFailed()));
		assertThat(output).doesNotContain("Sparing");
	}

	private static void withSparingTable(Runnable test) {
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table \"Sparing\" (id int); alter table \"Sparing\" enable row level security");
		try {
			test.run();
		}
		finally {
			jdbc.execute("drop table \"Sparing\"");
		}
	}

	private static FailureAnalysis analysis(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = new UnheldLoginFailureAnalyzer().analyze(context.getStartupFailure());
		assertThat(analysis).as("analysis of %s", context.getStartupFailure()).isNotNull();
		return analysis;
	}

}
