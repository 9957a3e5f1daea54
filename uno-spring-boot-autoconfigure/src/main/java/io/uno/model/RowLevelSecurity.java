package io.uno.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Separates the rows of an entity's table by tenant, by row level security of the server:
 * a transaction sees and writes the rows of its own tenant only, through whatever it
 * sends its statements. The owner of the table is not exempt. Where no tenant is set the
 * transaction sees no row and writes none; only a superuser and a role with
 * {@code BYPASSRLS} see all.
 *
 * <pre class="code">
 * &#064;Entity
 * &#064;RowLevelSecurity(tenant = "tenantId")
 * class Visit {
 *
 *     private long tenantId;
 *     ...
 * }
 * </pre>
 *
 * The tenant is the setting {@code uno.tenant} of the transaction, cast to the type of
 * the attribute's column. An entity whose rows are spread over several tables is refused;
 * what subclasses in its table keep elsewhere counts. So is one that Hibernate may read
 * from its second-level cache, since the server is not asked for what is cached; for the
 * same reason, queries for such entities do not belong in the query cache.
 *
 * <p>
 * The policy is called {@code uno_tenant}, which leaves other names to policies of the
 * application.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface RowLevelSecurity {

	/**
	 * Name of the attribute that says which tenant a row belongs to.
	 * @return the name of an attribute with one column
	 */
	String tenant();

}
