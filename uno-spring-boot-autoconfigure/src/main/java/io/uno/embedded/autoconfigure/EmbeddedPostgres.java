package io.uno.embedded.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a Spring test on real PostgreSQL: each declared database is a fresh one of this
 * test class, with the replicas that are declared, and takes the place of whatever url is
 * configured. <pre class="code">
 * &#64;SpringBootTest
 * &#64;EmbeddedPostgres(replicas = 1)
 * class CitiesTests {
 *
 *     &#64;Test
 *     void readsItsOwnWrite(PostgresCluster cluster) {
 *         cluster.replica("replica-1").pauseReplay();
 *         ...
 *     }
 *
 * }</pre>
 *
 * <p>
 * Works with every annotation that loads a Spring context, {@code @DataJpaTest} and
 * {@code @JdbcTest} included. The servers are started once per JVM and shared by all test
 * classes, the first declared database on the first set of servers, the second on the
 * second. A database is dropped when its context closes. Faults are undone after each
 * test class; classes with this annotation must not run at the same time.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Tag("postgres")
@ExtendWith(ClusterParameterResolver.class)
public @interface EmbeddedPostgres {

	/**
	 * Number of streaming replicas of each database, those that are declared by name
	 * included.
	 * @return the number; 0 for those that are declared
	 */
	int replicas() default 0;

}
