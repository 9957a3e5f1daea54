package io.uno.session.autoconfigure;

import io.uno.session.RetryTransaction;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

class UnoRetryAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				UnoRetryAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:retry");

	@Test
	void annotationIsInForce() {
		this.runner.withUserConfiguration(Right.class).run((context) -> {
			assertThat(context).hasSingleBean(RetryTransactionsPostProcessor.class).hasSingleBean(RetryMetrics.class);
			assertThat(context.getBean(Right.class).run()).isEqualTo("run");
		});
	}

	@Test
	void metricsAreLeftOutWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(RetryTransactionsPostProcessor.class)
				.doesNotHaveBean("retryMetrics"));
	}

	@Test
	void backsOffWithoutTransactions() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.transaction"))
			.run((context) -> assertThat(context).doesNotHaveBean(RetryTransactionsPostProcessor.class));
	}

	@Test
	void methodWithoutATransactionFailsTheStart() {
		assertThatStartFails(WithoutTransaction.class,
				"@RetryTransaction of '%s.run' needs a transaction that the method begins, but it has none; add @Transactional with Propagation.REQUIRED, REQUIRES_NEW or NESTED, or remove @RetryTransaction");
	}

	@Test
	void methodThatOnlyJoinsFailsTheStart() {
		assertThatStartFails(Mandatory.class,
				"@RetryTransaction of '%s.run' needs a transaction that the method begins, but it has Propagation.MANDATORY; add @Transactional with Propagation.REQUIRED, REQUIRES_NEW or NESTED, or remove @RetryTransaction");
	}

	@Test
	void impossibleNumbersFailTheStart() {
		assertThatStartFails(NoAttempts.class,
				"@RetryTransaction of '%s.run' can't be: A transaction needs at least 1 attempt, not 0");
		assertThatStartFails(NoDuration.class,
				"@RetryTransaction of '%s.run' can't be: 'soon' is not a valid simple duration");
	}

	private void assertThatStartFails(Class<?> bean, String message) {
		this.runner.withUserConfiguration(bean)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(message.formatted(bean.getName())));
	}

	static class Right {

		@Transactional
		@RetryTransaction
		public String run() {
			return "run";
		}

	}

	static class WithoutTransaction {

		@RetryTransaction
		public void run() {
		}

	}

	static class Mandatory {

		@Transactional(propagation = Propagation.MANDATORY)
		@RetryTransaction
		public void run() {
		}

	}

	static class NoAttempts {

		@Transactional
		@RetryTransaction(0)
		public void run() {
		}

	}

	static class NoDuration {

		@Transactional
		@RetryTransaction(within = "soon")
		public void run() {
		}

	}

}
