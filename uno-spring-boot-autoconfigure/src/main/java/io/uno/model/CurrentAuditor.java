package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.hibernate.annotations.ValueGenerationType;
import org.hibernate.generator.EventType;

/**
 * Fills an attribute with the current auditor, as Spring Data's {@code AuditorAware}
 * tells it.
 */
@Documented
@ValueGenerationType(generatedBy = CurrentAuditorGenerator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface CurrentAuditor {

	EventType[] event() default { EventType.INSERT, EventType.UPDATE };

}
