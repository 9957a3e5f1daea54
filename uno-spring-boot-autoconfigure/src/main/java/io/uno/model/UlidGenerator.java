package io.uno.model;

import java.util.EnumSet;

import io.uno.type.Ulid;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.hibernate.generator.EventTypeSets;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate's generator behind {@link GeneratedUlid}.
 */
final class UlidGenerator implements BeforeExecutionGenerator {

	private static final long serialVersionUID = 1L;

	@Override
	public Object generate(SharedSessionContractImplementor session, Object owner, @Nullable Object currentValue,
			EventType eventType) {
		return (currentValue != null) ? currentValue : Ulid.next();
	}

	@Override
	public EnumSet<EventType> getEventTypes() {
		return EventTypeSets.INSERT_ONLY;
	}

	@Override
	public Class<?> getGeneratedType() {
		return Ulid.class;
	}

	@Override
	public boolean allowAssignedIdentifiers() {
		return true;
	}

}
