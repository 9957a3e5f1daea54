package io.uno.migration.autoconfigure;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when databases are declared by name, and when there are Flyway properties of
 * uno's, which would be ignored otherwise.
 */
class OnDeclaredMigrationsCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Migrations");
		Environment environment = context.getEnvironment();
		if (DatabaseDeclarations.from(environment).isManaged()) {
			return ConditionOutcome.match(message.found("property").items("uno.databases"));
		}
		if (!FlywayPropertySources.of(environment).below(FlywayLayer.COMMON).isEmpty()) {
			return ConditionOutcome.match(message.found("property").items(FlywayLayer.COMMON));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property").items("uno.databases"));
	}

}
