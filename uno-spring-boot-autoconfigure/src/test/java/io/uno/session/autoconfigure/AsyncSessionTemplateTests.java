package io.uno.session.autoconfigure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

import io.uno.session.AsyncSessionTemplate;
import io.uno.session.SessionTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AsyncSessionTemplateTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
				UnoSessionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:async;DB_CLOSE_DELAY=-1",
				"spring.jpa.hibernate.ddl-auto=create-drop")
		.withUserConfiguration(Notes.class);

	@Test
	void worksInATransactionOnAnotherThread() {
		this.runner.run((context) -> {
			AsyncSessionTemplate sessions = async(context);
			sessions.writeWithoutResult((session) -> session.persist(new Note(1, "kept"))).get();
			String text = sessions.read((session) -> {
				assertThat(TransactionSynchronizationManager.isCurrentTransactionReadOnly()).isTrue();
				return session.find(Note.class, 1).getText();
			}).get();
			assertThat(text).isEqualTo("kept");
			Thread worker = sessions.write((session) -> Thread.currentThread()).get();
			assertThat(worker).isNotSameAs(Thread.currentThread());
			assertThat(sessions.readWithoutResult((session) -> session.find(Note.class, 1)).get()).isNull();
		});
	}

	@Test
	void threadIsVirtualWhereTheJvmHasThemAndOfAPoolElsewhere() {
		this.runner.run((context) -> {
			List<CompletableFuture<Thread>> workers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				workers.add(async(context).read((session) -> Thread.currentThread()));
			}
			List<Thread> threads = workers.stream().map(CompletableFuture::join).distinct().toList();
			assertThat(threads).allSatisfy((thread) -> assertThat(thread.getName()).startsWith("uno-session-"));
			boolean capable = Runtime.version().feature() >= 21;
			assertThat(threads).allSatisfy((thread) -> assertThat(isVirtual(thread)).isEqualTo(capable));
			if (!capable) {
				assertThat(threads).hasSizeLessThanOrEqualTo(10);
			}
		});
	}

	private static boolean isVirtual(Thread thread) {
		var method = ReflectionUtils.findMethod(Thread.class, "isVirtual");
		return method != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(method, thread));
	}

	@Test
	void futureFailsWithWhatTheWorkThrows() {
		this.runner.run((context) -> {
			CompletableFuture<String> checked = async(context).write((session) -> {
				session.persist(new Note(2, "lost"));
				session.flush();
				throw new IOException("checked");
			});
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(checked::get)
				.withCauseExactlyInstanceOf(IOException.class);
			CompletableFuture<Void> unchecked = async(context).readWithoutResult((session) -> {
				throw new IllegalArgumentException("unchecked");
			});
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(unchecked::get)
				.withCauseExactlyInstanceOf(IllegalArgumentException.class);
			boolean lost = async(context).read((session) -> session.find(Note.class, 2) == null).get();
			assertThat(lost).isTrue();
		});
	}

	@Test
	void workJoinsNoTransactionOfTheCaller() {
		this.runner.run((context) -> {
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				async(context).writeWithoutResult((session) -> session.persist(new Note(3, "kept"))).join();
				status.setRollbackOnly();
			});
			assertThat(async(context).read((session) -> session.find(Note.class, 3)).get()).isNotNull();
		});
	}

	@Test
	void settingsOfTheTemplateAreThoseOfItsAsynchronousOne() {
		this.runner.run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> async(context).on("journal"));
			assertThatIllegalStateException().isThrownBy(() -> async(context).asRole("reader"));
			assertThatIllegalStateException().isThrownBy(() -> async(context).asTenant(7));
			assertThatIllegalStateException().isThrownBy(() -> async(context).asUser("ann"));
			assertThat(async(context).retry(2).read((session) -> 1).get()).isOne();
		});
	}

	@Test
	void stoppingApplicationWaitsForWorkInFlightAndTakesNoMore() {
		this.runner.run((context) -> {
			CountDownLatch started = new CountDownLatch(1);
			CountDownLatch released = new CountDownLatch(1);
			AsyncSessionTemplate sessions = async(context);
			CompletableFuture<Void> work = sessions.writeWithoutResult((session) -> {
				started.countDown();
				released.await();
				session.persist(new Note(4, "kept"));
			});
			started.await();
			Thread stopping = new Thread(() -> context.getSourceApplicationContext().close());
			stopping.start();
			Awaitility.await().until(() -> isRejected(sessions));
			assertThat(work).isNotDone();
			assertThat(stopping.isAlive()).isTrue();
			released.countDown();
			stopping.join();
			assertThat(work).isCompleted();
		});
	}

	private static boolean isRejected(AsyncSessionTemplate sessions) {
		try {
			sessions.read((session) -> "accepted").join();
			return false;
		}
		catch (RejectedExecutionException ex) {
			return true;
		}
	}

	@Test
	void applicationThatIsStartedAgainWorksOn() {
		this.runner.run((context) -> {
			context.getSourceApplicationContext().stop();
			assertThatExceptionOfType(RejectedExecutionException.class)
				.isThrownBy(() -> async(context).read((session) -> 1));
			context.getSourceApplicationContext().start();
			assertThat(async(context).read((session) -> 1).get()).isOne();
		});
	}

	@Test
	void applicationKeepsTheExecutorThatBootMakes() {
		this.runner.run((context) -> assertThat(context).hasBean("applicationTaskExecutor"));
	}

	private static AsyncSessionTemplate async(AssertableApplicationContext context) {
		return context.getBean(SessionTemplate.class).async();
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Note.class)
	static class Notes {

	}

}
