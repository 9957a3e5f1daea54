package io.uno.web.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.PostgresReplica;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The cookie in requests to a server, over HTTP.
 */
@Tag("postgres")
class PositionCookieRequestTests {

	private static PostgresCluster cluster;

	private static ConfigurableApplicationContext context;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		cluster = PostgresCluster.builder().replicas("east").startShared(0);
		JdbcTemplate jdbc = new JdbcTemplate(cluster.primary().dataSource());
		jdbc.execute("create table visit (id int primary key, number int)");
		jdbc.execute("insert into visit values (1, 0)");
		cluster.replicas().forEach(PostgresReplica::awaitReplay);
		context = new SpringApplicationBuilder(Application.class)
			.properties(Map.of("uno.databases.atlas.url", cluster.primary().jdbcUrl(), "uno.databases.atlas.username",
					cluster.username(), "uno.databases.atlas.password", cluster.password(),
					"uno.databases.atlas.replicas.east.url", cluster.replica("east").jdbcUrl(), "server.port", "0",
					"spring.flyway.enabled", "false", "spring.main.banner-mode", "off"))
			.run();
	}

	@AfterAll
	static void close() {
		context.close();
		cluster.close();
	}

	@AfterEach
	void resume() {
		cluster.replica("east").resumeReplay();
	}

	@Test
	void writeIsSeenByTheNextRequest() throws Exception {
		cluster.replica("east").pauseReplay();
		HttpResponse<String> written = post("/visits");
		assertThat(get("/visits", cookie(written)).body()).isEqualTo(written.body());
		assertThat(get("/visits", "").body()).isNotEqualTo(written.body());
	}

	@Test
	void requestThatOnlyReadsSetsNoCookie() throws Exception {
		assertThat(setCookies(get("/visits", ""))).isEmpty();
	}

	@Test
	void writeCreatesNoSession() throws Exception {
		assertThat(setCookies(post("/visits"))).singleElement().asString().startsWith("uno-position=");
	}

	@Test
	void writeOfAnotherThreadIsSeenByTheNextRequest() throws Exception {
		cluster.replica("east").pauseReplay();
		HttpResponse<String> written = post("/async-visits");
		assertThat(get("/visits", cookie(written)).body()).isEqualTo(written.body());
	}

	@Test
	void writeOfAThreadThatCompletesTheRequestIsSeenByTheNextOne() throws Exception {
		cluster.replica("east").pauseReplay();
		HttpResponse<String> written = post("/completed-visits");
		assertThat(get("/visits", cookie(written)).body()).isEqualTo(written.body());
	}

	@Test
	void writeOfARequestThatFailsIsSeenByTheNextOne() throws Exception {
		HttpResponse<String> failed = post("/failing-visits");
		assertThat(failed.statusCode()).isEqualTo(500);
		assertThat(cookie(failed)).startsWith("uno-position=");
	}

	@Test
	void writeIsSeenAlthoughTheResponseWasReset() throws Exception {
		assertThat(cookie(post("/reset-visits"))).startsWith("uno-position=");
	}

	@Test
	void writeAfterTheRequestIsSeenByTheNextOneOfTheSession() throws Exception {
		double before = late();
		String session = setCookies(get("/session", "")).get(0).split(";")[0];
		cluster.replica("east").pauseReplay();
		HttpResponse<String> accepted = send(
				request("/late-visits", session).POST(HttpRequest.BodyPublishers.noBody()));
		assertThat(setCookies(accepted)).isEmpty();
		Visits visits = context.getBean(Visits.class);
		visits.responded.countDown();
		int written = visits.late.join();
		assertThat(late()).isEqualTo(before + 1);
		HttpResponse<String> read = get("/visits", session);
		assertThat(read.body()).isEqualTo(String.valueOf(written));
		assertThat(get("/visits", cookie(read)).body()).as("without the session").isEqualTo(String.valueOf(written));
		cluster.replica("east").resumeReplay();
		cluster.replica("east").awaitReplay();
		await()
			.untilAsserted(() -> assertThat(setCookies(get("/visits", session + "; " + cookie(read)))).singleElement()
				.asString()
				.contains("Max-Age=0"));
	}

	private static double late() {
		return context.getBean(MeterRegistry.class).get("uno.position.cookies.late").functionCounter().count();
	}

	private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
		return send(request(path, cookie));
	}

	private HttpResponse<String> post(String path) throws IOException, InterruptedException {
		return send(request(path, "").POST(HttpRequest.BodyPublishers.noBody()));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(String path, String cookie) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI
			.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + path));
		return cookie.isEmpty() ? request : request.header("Cookie", cookie);
	}

	private static List<String> setCookies(HttpResponse<String> response) {
		return response.headers().allValues("Set-Cookie");
	}

	private static String cookie(HttpResponse<String> response) {
		assertThat(setCookies(response)).singleElement().asString().startsWith("uno-position=");
		return setCookies(response).get(0).split(";")[0];
	}

	@RestController
	static class Visits {

		private final JdbcTemplate jdbc;

		private final PlatformTransactionManager transactions;

		private final CountDownLatch responded = new CountDownLatch(1);

		private final CompletableFuture<Integer> late = new CompletableFuture<>();

		Visits(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
			this.jdbc = jdbc;
			this.transactions = transactions;
		}

		@GetMapping("/session")
		void session(HttpServletRequest request) {
			request.getSession();
		}

		@GetMapping("/visits")
		int current() {
			TransactionTemplate read = new TransactionTemplate(this.transactions);
			read.setReadOnly(true);
			return Objects.requireNonNull(read
				.execute((status) -> this.jdbc.queryForObject("select number from visit where id = 1", Integer.class)));
		}

		@PostMapping("/visits")
		int add() {
			return Objects.requireNonNull(new TransactionTemplate(this.transactions).execute((status) -> this.jdbc
				.queryForObject("update visit set number = number + 1 where id = 1 returning number", Integer.class)));
		}

		@PostMapping("/async-visits")
		Callable<Integer> addAsync() {
			return snapshots().captureAll().wrap(this::add);
		}

		@PostMapping("/completed-visits")
		void addAndComplete(HttpServletRequest request) {
			AsyncContext async = request.startAsync();
			async.start(snapshots().captureAll().wrap(() -> {
				int added = add();
				write(async, added);
				async.complete();
			}));
		}

		private static void write(AsyncContext async, int number) {
			try {
				async.getResponse().getWriter().print(number);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@PostMapping("/failing-visits")
		void addAndFail() {
			add();
			throw new IllegalStateException("After the write");
		}

		@PostMapping("/reset-visits")
		void addAndReset(HttpServletResponse response) {
			add();
			response.reset();
		}

		/**
		 * Like a task that a request leaves behind.
		 */
		@PostMapping("/late-visits")
		void addLate() {
			CompletableFuture.runAsync(snapshots().captureAll().wrap(() -> {
				try {
					this.responded.await();
					this.late.complete(add());
				}
				catch (InterruptedException | RuntimeException ex) {
					this.late.completeExceptionally(ex);
				}
			}));
		}

		private static ContextSnapshotFactory snapshots() {
			return ContextSnapshotFactory.builder().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Visits visits(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
			return new Visits(jdbc, transactions);
		}

	}

}
