package io.uno.datasource.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a JDBC container to a database under {@code uno.databases}, in the place of its
 * url, user and password. Boot's {@code @ServiceConnection} does so for the default
 * database; Boot takes one container of a kind only, so every further one carries this
 * annotation.
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;Testcontainers
 * class CitiesTests {
 *
 *     &#64;Container
 *     &#64;ServiceConnection
 *     static PostgreSQLContainer atlas = new PostgreSQLContainer("postgres:18");
 *
 *     &#64;Container
 *     &#64;DatabaseConnection("journal")
 *     static PostgreSQLContainer journal = new PostgreSQLContainer("postgres:18");
 *
 * }</pre>
 *
 * <p>
 * Goes on static fields of test classes, on static fields imported by
 * {@code @ImportTestcontainers} and on {@code @Bean} methods. A name that no database has
 * fails the start. Needs the dependency
 * {@code org.springframework.boot:spring-boot-testcontainers}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
public @interface DatabaseConnection {

	/**
	 * Name of the database, as in {@code uno.databases.<name>}.
	 * @return the name of the database
	 */
	String value();

}
