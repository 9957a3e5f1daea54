package io.uno.crud;

import java.util.concurrent.atomic.AtomicReference;

import io.uno.query.EntityPersistence;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrePersist;
import jakarta.persistence.Transient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.orm.jpa.JpaSystemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

@org.junit.jupiter.api.Tag("postgres")
class SeparateSessionTests {

	@SuppressWarnings("NullAway.Init") // before all tests
	private static EntityPersistence persistence;

	@BeforeAll
	static void start() {
		persistence = new EntityPersistence(Step.class);
	}

	@AfterAll
	static void close() {
		persistence.close();
	}

	@Test
	void rollbackThatFailsKeepsTheFailureOfTheInsert() {
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		// the transaction can't be rolled back either
		assertThatIllegalStateException().isThrownBy(() -> persistence.sessions().writeWithoutResult((session) -> {
			Step step = new Step(1, SeparateSessionTests::endConnection);
			thrown.set(catchThrowable(() -> new SeparateSession(session).insertWithinSavepoint(step)));
			throw new IllegalStateException("end");
		}))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement(InstanceOfAssertFactories.THROWABLE)
				.isInstanceOf(JpaSystemException.class));
		assertThat(thrown.get()).isInstanceOf(DataAccessException.class)
			.hasMessageStartingWith("Savepoint around an insert");
		assertThat(thrown.get().getSuppressed()).singleElement(InstanceOfAssertFactories.THROWABLE)
			.isInstanceOf(DataAccessResourceFailureException.class)
			.hasMessageContaining("terminating connection");
	}

	/**
	 * On the transaction's connection.
	 */
	private static void endConnection() {
		persistence.jdbc().sql("select pg_terminate_backend(pg_backend_pid())").query(Boolean.class).single();
	}

	@Entity(name = "CrudStep")
	static class Step {

		@Id
		long id;

		@Transient
		private Runnable before = () -> {
		};

		protected Step() {
		}

		Step(long id, Runnable before) {
			this.id = id;
			this.before = before;
		}

		@PrePersist
		void before() {
			this.before.run();
		}

	}

}
