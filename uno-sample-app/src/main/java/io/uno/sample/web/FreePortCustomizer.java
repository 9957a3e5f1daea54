package io.uno.sample.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Lets the server take a free port when 8080 is in use, unless {@code server.port} asks
 * for a certain one.
 */
@Component
class FreePortCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final Environment environment;

	FreePortCustomizer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		if ("import".equalsIgnoreCase(this.environment.getProperty("atlas.mode"))) {
			// a web application that does not listen
			factory.setPort(-1);
		}
		else if (!this.environment.containsProperty("server.port")) {
			factory.setProtocol(FreePortProtocol.class.getName());
		}
	}

}
