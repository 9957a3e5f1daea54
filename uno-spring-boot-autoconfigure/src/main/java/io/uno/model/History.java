package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps every state of the rows of an entity's table in a second table beside it, called
 * {@code visit_history} where the table is {@code visit}. It is filled by triggers, so
 * that it does not matter whether a row was changed through Hibernate, by SQL, by
 * {@code COPY} or by hand.
 *
 * <p>
 * The history has the columns of the table, and before them {@code history_id}, which
 * numbers the changes; {@code history_operation}, which is {@code INSERT} or
 * {@code UPDATE} with the new state of the row, or {@code DELETE} with its last one;
 * {@code history_at}, the time of the statement by the server's clock; and
 * {@code history_by}, the user on whose behalf the transaction acted (its setting
 * {@code uno.user}), null when it was not set.
 *
 * <p>
 * {@code TRUNCATE} tells triggers nothing of the rows, and is refused. Tables of
 * collections are not kept. Where the entity has {@link RowLevelSecurity}, so has its
 * history, which then takes rows from triggers only and refuses a plain {@code INSERT}.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface History {

}
