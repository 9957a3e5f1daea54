package io.uno.plain;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * An application with JPA and Flyway on Boot's own data source.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PlainApplication {

	static final String FLYWAY = "spring.flyway.locations=classpath:io/uno/plain/migration";

}
