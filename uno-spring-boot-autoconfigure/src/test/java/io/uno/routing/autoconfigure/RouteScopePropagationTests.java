package io.uno.routing.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.uno.embedded.PostgresCluster;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.RouteScopePropagation;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.UseDatabase;
import io.uno.session.AsyncSessionTemplate;
import io.uno.session.SessionTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteScopePropagation}: what is asked for around work follows to other
 * threads where contexts are propagated, and only there.
 */
@Tag("postgres")
class RouteScopePropagationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static RoutedApplication application;

	private final RoutingTemplate routing = application.bean(RoutingTemplate.class);

	private final Worker worker = application.bean(Worker.class);

	private final String atlas = database(application.atlas());

	private final String journal = database(application.journal());

	@BeforeAll
	static void start() {
		application = new RoutedApplication(List.of(Beans.class));
		assertThat(database(application.atlas())).isNotEqualTo(database(application.journal()));
	}

	@AfterAll
	static void close() {
		application.close();
		assertThat(keys(ContextRegistry.getInstance())).isEmpty();
	}

	private static String database(PostgresCluster cluster) {
		return Objects.requireNonNull(new JdbcTemplate(cluster.primary().dataSource())
			.queryForObject("select current_database()", String.class));
	}

	@Test
	void followsToAsyncMethodsAndLeavesNothingOnTheirThread() {
		CompletableFuture<String> inside = this.routing.on("journal").call(this.worker::database);
		assertThat(inside).succeedsWithin(LIMIT).isEqualTo(this.journal);
		assertThat(this.worker.database()).succeedsWithin(LIMIT).isEqualTo(this.atlas);
	}

	@Test
	void annotationHoldsOnTheThreadOfAnAsyncMethod() {
		assertThat(this.worker.journalsDatabase()).succeedsWithin(LIMIT).isEqualTo(this.journal);
		assertThat(this.worker.database()).succeedsWithin(LIMIT).isEqualTo(this.atlas);
	}

	@Test
	void followsToWrappedExecutors() {
		ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();
		ExecutorService plain = Executors.newSingleThreadExecutor();
		try {
			CompletableFuture<String> inside = this.routing.on("journal")
				.call(() -> CompletableFuture.supplyAsync(this.worker::plainDatabase,
						snapshots.captureAll().wrapExecutor(plain)));
			assertThat(inside).succeedsWithin(LIMIT).isEqualTo(this.journal);
			assertThat(CompletableFuture.supplyAsync(this.worker::plainDatabase, plain)).succeedsWithin(LIMIT)
				.isEqualTo(this.atlas);
		}
		finally {
			plain.shutdown();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void followsToVirtualThreads() {
		try (SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor()) {
			executor.setVirtualThreads(true);
			executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
			CompletableFuture<String> inside = this.routing.on("journal")
				.call(() -> CompletableFuture.supplyAsync(this.worker::plainDatabase, executor));
			assertThat(inside).succeedsWithin(LIMIT).isEqualTo(this.journal);
		}
	}

	@Test
	void followsThroughReactor() {
		Hooks.enableAutomaticContextPropagation();
		try {
			Mono<String> database = Mono.fromCallable(this.worker::plainDatabase)
				.subscribeOn(Schedulers.boundedElastic());
			assertThat(this.routing.on("journal").call(database::toFuture)).succeedsWithin(LIMIT)
				.isEqualTo(this.journal);
			assertThat(database.toFuture()).succeedsWithin(LIMIT).isEqualTo(this.atlas);
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

	@Test
	void followsToAsyncSessions() {
		AsyncSessionTemplate sessions = application.bean(SessionTemplate.class).async();
		CompletableFuture<String> inside = this.routing.on("journal")
			.call(() -> sessions.write((session) -> this.worker.plainDatabase()));
		assertThat(inside).succeedsWithin(LIMIT).isEqualTo(this.journal);
		assertThat(sessions.write((session) -> this.worker.plainDatabase())).succeedsWithin(LIMIT)
			.isEqualTo(this.atlas);
	}

	@Test
	void isNotInheritedByAccident() throws InterruptedException {
		AtomicReference<String> database = new AtomicReference<>();
		this.routing.on("journal").run(() -> {
			Thread thread = new Thread(() -> database.set(this.worker.plainDatabase()));
			thread.start();
			thread.join();
		});
		assertThat(database).hasValue(this.atlas);
	}

	@Test
	void leavesTheScopeOfAThreadAsItWas() {
		ContextSnapshot inside = this.routing.on("journal")
			.call(() -> ContextSnapshotFactory.builder().build().captureAll());
		this.routing.on("atlas").run(() -> {
			try (ContextSnapshot.Scope scope = inside.setThreadLocals()) {
				assertThat(scope).isNotNull();
				assertThat(this.worker.plainDatabase()).isEqualTo(this.journal);
			}
			assertThat(this.worker.plainDatabase()).isEqualTo(this.atlas);
		});
		try (ContextSnapshot.Scope scope = inside.setThreadLocals()) {
			assertThat(scope).isNotNull();
			assertThat(this.worker.plainDatabase()).isEqualTo(this.journal);
		}
		assertThat(this.worker.plainDatabase()).isEqualTo(this.atlas);
	}

	@Test
	void twoApplicationsDoNotDisturbEachOther() {
		List<Object> before = keys(ContextRegistry.getInstance());
		ShopRunner.withReplica(application.atlas()).run((context) -> {
			assertThat(keys(ContextRegistry.getInstance())).hasSize(2).doesNotHaveDuplicates().containsAll(before);
			JdbcTemplate other = context.getBean(JdbcTemplate.class);
			ContextSnapshot inside = this.routing.on("journal")
				.call(() -> ContextSnapshotFactory.builder().build().captureAll());
			try (ContextSnapshot.Scope scope = inside.setThreadLocals()) {
				assertThat(scope).isNotNull();
				assertThat(this.worker.plainDatabase()).isEqualTo(this.journal);
				assertThat(other.queryForObject("select current_database()", String.class)).isEqualTo(this.atlas);
			}
		});
		assertThat(keys(ContextRegistry.getInstance())).isEqualTo(before);
	}

	@Test
	void isAbsentWithoutContextPropagation() {
		ShopRunner.withReplica(application.atlas())
			.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DatabaseClaims.class));
	}

	private static List<Object> keys(ContextRegistry registry) {
		return registry.getThreadLocalAccessors()
			.stream()
			.map((accessor) -> accessor.key())
			.filter((key) -> key.toString().startsWith("io.uno."))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Beans {

		@Bean
		Worker worker(JdbcTemplate jdbc) {
			return new Worker(jdbc);
		}

		@Bean
		ThreadPoolTaskExecutor taskExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setCorePoolSize(1);
			executor.setMaxPoolSize(1);
			executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
			return executor;
		}

	}

	static class Worker {

		private final JdbcTemplate jdbc;

		Worker(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Async
		public CompletableFuture<String> database() {
			return CompletableFuture.completedFuture(plainDatabase());
		}

		@Async
		@UseDatabase("journal")
		public CompletableFuture<String> journalsDatabase() {
			return CompletableFuture.completedFuture(plainDatabase());
		}

		public String plainDatabase() {
			return Objects.requireNonNull(this.jdbc.queryForObject("select current_database()", String.class));
		}

	}

}
