package io.uno.web.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.uno.embedded.PostgresCluster;
import io.uno.error.UniqueViolationException;
import io.uno.session.SessionTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients are told of failures of the database, over HTTP.
 */
@Tag("postgres")
class ProblemDetailsTests {

	private static final String TAKEN = "insert into guest values (1, 'ann@example.org', 30)";

	private static PostgresCluster cluster;

	private static ConfigurableApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.shared(0);
		new JdbcTemplate(cluster.primary().superuserDataSource()).execute("create extension if not exists btree_gist");
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table guest (id int primary key, mail text not null, age int check (age > 17))");
		jdbc.execute("create table stay (guest int references guest, room int, exclude using gist (room with =))");
		jdbc.update("insert into guest values (1, 'ann@example.org', 30)");
		jdbc.update("insert into stay values (1, 1)");
		context = application();
	}

	private static ConfigurableApplicationContext application(String... arguments) {
		Map<String, Object> properties = new LinkedHashMap<>(Map.of("uno.databases.hotel.url",
				cluster.primary().jdbcUrl(), "uno.databases.hotel.username", cluster.username(),
				"uno.databases.hotel.password", cluster.password(), "uno.databases.hotel.hikari.maximum-pool-size", 1,
				"uno.databases.hotel.hikari.connection-timeout", 250, "server.port", "0", "spring.flyway.enabled",
				"false", "spring.main.banner-mode", "off"));
		properties.put("spring.config.import", "classpath:docs/problem-details.yml");
		properties.put("spring.web.error.include-message", "never");
		return new SpringApplicationBuilder(Application.class).properties(properties).run(arguments);
	}

	@AfterAll
	static void close() {
		context.close();
		cluster.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					insert into guest values (1, 'ann@example.org', 30) | 409 | unique | A value is taken already that has to be unique.
					delete from guest | 409 | foreign-key | Something is referred to that does not exist, or is to go while it is referred to.
					do $$begin raise exception '' using errcode = '40001'; end$$ | 409 | serialization | The request was in conflict with another one. Try again.
					do $$begin raise exception '' using errcode = '40P01'; end$$ | 409 | deadlock | The request was in conflict with another one. Try again.
					insert into guest values (2, 'bob@example.org', 3) | 422 | check | A value is not acceptable.
					insert into guest values (2) | 422 | not-null | A value is missing.
					insert into stay values (1, 1) | 422 | exclusion | The values can't be there together with others.
					""")
	void conflictsAndUnacceptableValuesAreAnswered(String sql, int status, String code, String detail)
			throws Exception {
		for (String way : new String[] { "/jdbc", "/jpa" }) {
			HttpResponse<String> response = post(context, way, sql);
			assertProblem(response, status, way, code, detail);
			assertThat(response.headers().firstValue("Retry-After")).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			do $$begin raise exception '' using errcode = '55P03'; end$$ | lock-timeout
			set local statement_timeout = '20ms'; select pg_sleep(10) | statement-timeout
			do $$begin perform pg_cancel_backend(pg_backend_pid()), pg_sleep(10); end$$ | cancelled
			""")
	void delaysAreAnsweredWithWhenToTryAgain(String sql, String code) throws Exception {
		for (String way : new String[] { "/jdbc", "/jpa" }) {
			HttpResponse<String> response = post(context, way, sql);
			assertProblem(response, 503, way, code, "The request was not served in time. Try again later.");
			assertThat(response.headers().firstValue("Retry-After")).contains("1");
		}
	}

	@Test
	void serversThatTakeNoWritesAreAnsweredWithWhenToTryAgain() throws Exception {
		HttpResponse<String> response = post(context, "/jdbc", "set transaction read only; delete from stay");
		assertProblem(response, 503, "/jdbc", "read-only",
				"The service is not available at the moment. Try again later.");
		assertThat(response.headers().firstValue("Retry-After")).contains("1");
	}

	@Test
	void lostConnectionsAreAnsweredWithWhenToTryAgain() throws Exception {
		HttpResponse<String> response = post(context, "/jdbc", "select pg_terminate_backend(pg_backend_pid())");
		assertProblem(response, 503, "/jdbc", "connection-lost",
				"The service is not available at the moment. Try again later.");
		assertThat(response.headers().firstValue("Retry-After")).contains("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jdbc", "/jpa" })
	void exhaustedPoolsAreAnsweredWithWhenToTryAgain(String way) throws Exception {
		try (Connection taken = context.getBean("hotel.main", DataSource.class).getConnection()) {
			assertThat(taken.isValid(1)).isTrue();
			HttpResponse<String> response = post(context, way, "delete from stay");
			assertProblem(response, 503, way, "pool-exhausted", "The request was not served in time. Try again later.");
			assertThat(response.headers().firstValue("Retry-After")).contains("1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "select * from nowhere", "select 1 / 0" })
	void whatNoClientCanDoAnythingAboutIsAnInternalError(String sql) throws Exception {
		HttpResponse<String> response = post(context, "/jdbc", sql);
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("nowhere").doesNotContain("code");
	}

	@Test
	void commitOfATransactionGivenUpIsAnInternalError() throws Exception {
		assertThat(post(context, "/caught", TAKEN).statusCode()).isEqualTo(500);
	}

	@Test
	void exceptionOfTheApplicationIsItsOwn() throws Exception {
		assertThat(post(context, "/translated", TAKEN).statusCode()).isEqualTo(500);
	}

	@Test
	void handlersOfTheApplicationComeFirst() throws Exception {
		try (ConfigurableApplicationContext own = application("--handler=true")) {
			HttpResponse<String> response = post(own, "/jdbc", TAKEN);
			assertThat(response.statusCode()).isEqualTo(418);
			assertThat(response.body()).isEqualTo("guest_pkey");
			assertThat(post(own, "/jdbc", "delete from guest").statusCode()).isEqualTo(409);
		}
	}

	private static void assertProblem(HttpResponse<String> response, int status, String path, String code,
			String detail) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(response.body())
			.isEqualTo("{\"detail\":\"%s\",\"instance\":\"%s\",\"status\":%d,\"title\":\"%s\",\"code\":\"%s\"}"
				.formatted(detail, path, status, Objects.requireNonNull(HttpStatus.resolve(status)).getReasonPhrase(),
						code));
	}

	private HttpResponse<String> post(ConfigurableApplicationContext application, String path, String sql)
			throws IOException, InterruptedException {
		URI uri = URI
			.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
		return this.http.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(sql)).build(),
				BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Desk desk(JdbcTemplate jdbc, SessionTemplate sessions, PlatformTransactionManager transactionManager) {
			return new Desk(jdbc, sessions, new TransactionTemplate(transactionManager));
		}

		@Bean
		@ConditionalOnBooleanProperty("handler")
		OwnHandler ownHandler() {
			return new OwnHandler();
		}

	}

	@RestController
	static class Desk {

		private final JdbcTemplate jdbc;

		private final SessionTemplate sessions;

		private final TransactionTemplate transaction;

		Desk(JdbcTemplate jdbc, SessionTemplate sessions, TransactionTemplate transaction) {
			this.jdbc = jdbc;
			this.sessions = sessions;
			this.transaction = transaction;
		}

		@PostMapping("/jdbc")
		void jdbc(@RequestBody String sql) {
			this.transaction.executeWithoutResult((status) -> this.jdbc.execute(sql));
		}

		@PostMapping("/jpa")
		void jpa(@RequestBody String sql) {
			this.sessions.writeWithoutResult((session) -> session.createNativeMutationQuery(sql).executeUpdate());
		}

		@PostMapping("/caught")
		void caught(@RequestBody String sql) {
			this.transaction.executeWithoutResult((status) -> {
				try {
					this.jdbc.execute(sql);
				}
				catch (UniqueViolationException ex) {
					// given up by the server all the same
				}
			});
		}

		@PostMapping("/translated")
		void translated(@RequestBody String sql) {
			try {
				this.jdbc.execute(sql);
			}
			catch (UniqueViolationException ex) {
				throw new IllegalStateException("The desk is closed", ex);
			}
		}

	}

	@ControllerAdvice
	static class OwnHandler {

		@ExceptionHandler
		ResponseEntity<String> handle(UniqueViolationException failure) {
			return ResponseEntity.status(418).body(failure.getError().constraint());
		}

	}

}
