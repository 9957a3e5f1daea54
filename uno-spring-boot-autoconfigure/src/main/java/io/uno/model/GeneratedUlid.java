package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.uno.type.Ulid;
import org.hibernate.annotations.IdGeneratorType;

/**
 * Generates an id of type {@link Ulid} in Java, before the row is inserted. An id that
 * the application has set is kept.
 *
 * <pre class="code">
 * &#064;Id
 * &#064;GeneratedUlid
 * private Ulid id;
 * </pre>
 *
 * <p>
 * Hibernate takes an entity whose id is set for a new one only if its version is null, so
 * an entity that sets ids itself needs a {@code @Version} of a wrapper class.
 *
 * @since 0.1.0
 * @see UnoModel
 */
@Documented
@IdGeneratorType(UlidGenerator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.METHOD })
public @interface GeneratedUlid {

}
