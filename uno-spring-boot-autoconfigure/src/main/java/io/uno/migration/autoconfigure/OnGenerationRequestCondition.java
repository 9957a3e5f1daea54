package io.uno.migration.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when a migration is to be generated, whatever its name: also an empty one must
 * be refused, and {@code false} is a name.
 */
class OnGenerationRequestCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Generated migration");
		if (context.getEnvironment().containsProperty(MigrationProperties.GENERATE)) {
			return ConditionOutcome.match(message.found("property").items(MigrationProperties.GENERATE));
		}
		return ConditionOutcome.noMatch(message.didNotFind("property").items(MigrationProperties.GENERATE));
	}

}
