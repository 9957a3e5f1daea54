package io.uno.web.autoconfigure;

import java.sql.SQLException;

import io.uno.error.DatabaseErrors;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The slice of Spring MVC answers as the application does.
 */
@WebMvcTest(properties = "uno.web.problem-details=true")
class ProblemDetailsSliceTests {

	@Test
	void failureIsAnswered(@Autowired MockMvcTester mvc) {
		assertThat(mvc.post().uri("/guests")).hasStatus(409)
			.hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("code")
			.isEqualTo("unique");
	}

	@Test
	void commitOfWhichNobodyKnowsTheOutcomeIsAnInternalError(@Autowired MockMvcTester mvc) {
		assertThat(mvc.post().uri("/unanswered").exchange().getUnresolvedException())
			.hasRootCauseInstanceOf(SQLException.class);
		assertThat(mvc.post().uri("/lost").exchange().getUnresolvedException())
			.hasRootCauseInstanceOf(SQLException.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Desk.class)
	static class Application {

	}

	@RestController
	static class Desk {

		@PostMapping("/guests")
		void checkIn() {
			throw DatabaseErrors.translate("check in", null, new SQLException("taken", "23505")).orElseThrow();
		}

		@PostMapping("/unanswered")
		void unanswered() {
			throw DatabaseErrors.translate("commit", null, new SQLException("unknown", "08007")).orElseThrow();
		}

		@PostMapping("/lost")
		void lost() {
			throw new TransactionSystemException("Could not commit", new SQLException("lost", "08006"));
		}

	}

}
