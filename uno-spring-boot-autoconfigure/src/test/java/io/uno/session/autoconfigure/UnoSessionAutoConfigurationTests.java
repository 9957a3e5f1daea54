package io.uno.session.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Proxy;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.session.SessionTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests the template where it is all that uno adds: on Boot's own data source.
 */
class UnoSessionAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:notes", "spring.datasource.hikari.maximum-pool-size=1",
				"spring.datasource.hikari.connection-timeout=1000", "spring.jpa.hibernate.ddl-auto=create-drop")
		.withUserConfiguration(Notes.class);

	@Test
	void providesATemplateThatCommits() {
		this.runner.run((context) -> {
			SessionTemplate sessions = context.getBean(SessionTemplate.class);
			sessions.writeWithoutResult((session) -> session.persist(new Note(1, "kept")));
			assertThat(textOf(sessions, 1)).isEqualTo("kept");
		});
	}

	@Test
	void backsOffForATemplateOfTheApplication() {
		this.runner.withUserConfiguration(OwnTemplate.class)
			.run((context) -> assertThat(context).getBean(SessionTemplate.class).isSameAs(OwnTemplate.SESSIONS));
	}

	@Test
	void backsOffWithoutHibernate() {
		this.runner.withClassLoader(new FilteredClassLoader("org.hibernate"))
			.run((context) -> assertThat(context).doesNotHaveBean(SessionTemplate.class));
	}

	@Test
	void rollsBackWhateverIsThrown() {
		this.runner.run((context) -> {
			SessionTemplate sessions = context.getBean(SessionTemplate.class);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> fail(sessions, new IOException("checked")));
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> fail(sessions, new IllegalArgumentException("unchecked")));
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> sessions.writeWithoutResult((session) -> {
				session.persist(new Note(2, "lost"));
				session.flush();
				throw new AssertionError("error");
			}));
			assertThat(textOf(sessions, 2)).isNull();
		});
	}

	private static <X extends Exception> void fail(SessionTemplate sessions, X failure) throws X {
		sessions.<X>writeWithoutResult((session) -> {
			session.persist(new Note(2, "lost"));
			session.flush();
			throw failure;
		});
	}

	@Test
	void givesTheConnectionBackInEveryCase() {
		this.runner.run((context) -> {
			SessionTemplate sessions = context.getBean(SessionTemplate.class);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(IOException.class)
					.isThrownBy(() -> fail(sessions, new IOException("checked")));
				assertThat(textOf(sessions, 2)).isNull();
			}
			assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections()).isZero();
		});
	}

	@Test
	void joinsTheTransactionAroundIt() {
		this.runner.run((context) -> {
			SessionTemplate sessions = context.getBean(SessionTemplate.class);
			transaction(context).executeWithoutResult((status) -> {
				sessions.writeWithoutResult((session) -> session.persist(new Note(3, "undone")));
				assertThat(textOf(sessions, 3)).isEqualTo("undone");
				status.setRollbackOnly();
			});
			assertThat(textOf(sessions, 3)).isNull();
		});
	}

	@Test
	void failureInsideATransactionRollsAllOfItBack() {
		this.runner.run((context) -> {
			SessionTemplate sessions = context.getBean(SessionTemplate.class);
			assertThatExceptionOfType(UnexpectedRollbackException.class)
				.isThrownBy(() -> transaction(context).executeWithoutResult((status) -> {
					sessions.writeWithoutResult((session) -> session.persist(new Note(4, "undone")));
					assertThatExceptionOfType(IOException.class)
						.isThrownBy(() -> fail(sessions, new IOException("checked")));
				}));
			assertThat(textOf(sessions, 4)).isNull();
		});
	}

	@Test
	void anotherDatabaseIsRefusedWhereThereIsOne() {
		this.runner.run((context) -> assertThatIllegalStateException()
			.isThrownBy(() -> context.getBean(SessionTemplate.class).on("journal"))
			.withMessage("No database is called 'journal': the application has one data source; leave out on(...), "
					+ "or declare databases by 'uno.databases.journal.url'"));
	}

	private static @Nullable String textOf(SessionTemplate sessions, long id) {
		return sessions.<@Nullable String, RuntimeException>read((session) -> {
			Note note = session.find(Note.class, id);
			return (note != null) ? note.getText() : null;
		});
	}

	private static TransactionTemplate transaction(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Note.class)
	static class Notes {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		/**
		 * Stands for an implementation that the application brings.
		 */
		static final SessionTemplate SESSIONS = (SessionTemplate) Proxy.newProxyInstance(
				SessionTemplate.class.getClassLoader(), new Class<?>[] { SessionTemplate.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					default -> null;
				});

		@Bean
		SessionTemplate ownTemplate() {
			return SESSIONS;
		}

	}

}
