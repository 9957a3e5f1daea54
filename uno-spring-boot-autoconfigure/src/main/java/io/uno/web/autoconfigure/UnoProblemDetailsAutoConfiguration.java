package io.uno.web.autoconfigure;

import io.uno.web.DatabaseProblemAdvice;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.ControllerAdvice;

/**
 * Auto-configuration of problem details for failures of the database, with one data
 * source of Boot's as well as with databases of uno's.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ DataAccessException.class, ControllerAdvice.class })
@ConditionalOnBooleanProperty("uno.web.problem-details")
@EnableConfigurationProperties(WebProperties.class)
public final class UnoProblemDetailsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DatabaseProblemAdvice databaseProblemAdvice() {
		return new DatabaseProblemAdvice();
	}

}
