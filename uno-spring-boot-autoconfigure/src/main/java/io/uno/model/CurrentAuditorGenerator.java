package io.uno.model;

import java.util.EnumSet;
import java.util.function.Supplier;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.AnnotationBasedGenerator;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.hibernate.generator.EventTypeSets;
import org.hibernate.generator.GeneratorCreationContext;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.util.ClassUtils;

/**
 * Hibernate's generator behind {@link CurrentAuditor}. Spring makes it where Hibernate's
 * beans come from Spring, so that it finds the application's {@code AuditorAware};
 * elsewhere nobody is known.
 */
final class CurrentAuditorGenerator implements AnnotationBasedGenerator<CurrentAuditor>, BeforeExecutionGenerator {

	private static final long serialVersionUID = 1L;

	private static final String AUDITOR_AWARE = "org.springframework.data.domain.AuditorAware";

	private final transient Supplier<@Nullable String> auditor;

	private EnumSet<EventType> eventTypes = EventTypeSets.NONE;

	CurrentAuditorGenerator() {
		this.auditor = () -> null;
	}

	@Autowired
	CurrentAuditorGenerator(BeanFactory beanFactory) {
		boolean known = ClassUtils.isPresent(AUDITOR_AWARE, CurrentAuditorGenerator.class.getClassLoader());
		this.auditor = known ? new SpringDataAuditor(beanFactory) : () -> null;
	}

	@Override
	public void initialize(CurrentAuditor annotation, GeneratorCreationContext context) {
		this.eventTypes = EventTypeSets.fromArray(annotation.event());
	}

	@Override
	public @Nullable Object generate(SharedSessionContractImplementor session, Object owner,
			@Nullable Object currentValue, EventType eventType) {
		return this.auditor.get();
	}

	@Override
	public EnumSet<EventType> getEventTypes() {
		return this.eventTypes;
	}

}
