package io.uno.migration.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when there is any property of generated migrations, so that one that is
 * misspelt is told.
 */
class OnMigrationPropertiesCondition extends SpringBootCondition {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("uno.migration");

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Generated migrations");
		if (FlywayPropertySources.of(context.getEnvironment()).below(PREFIX).isEmpty()) {
			return ConditionOutcome.noMatch(message.didNotFind("property").items(PREFIX));
		}
		return ConditionOutcome.match(message.found("property").items(PREFIX));
	}

}
