package io.uno.sample.load;

import java.util.List;
import java.util.stream.Stream;

import io.uno.sample.load.AtlasProperties.Mode;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * What there is to open in a browser.
 */
@Component
class Links {

	private static final List<String> PATHS = List.of("/", "/api/stats",
			"/api/cities?country=CH&minPopulation=50000&sort=-population&limit=20", "/actuator/health");

	private final AtlasProperties properties;

	private final Environment environment;

	Links(AtlasProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	List<String> lines() {
		boolean serving = this.properties.mode() == Mode.SERVE;
		String port = this.environment.getProperty(serving ? "local.server.port" : "server.port", "8080");
		String host = this.environment.getProperty("server.address", "127.0.0.1");
		Stream<String> urls = PATHS.stream().map((path) -> "  http://%s:%s%s".formatted(host, port, path));
		return Stream.concat(Stream.of(serving ? "open" : "open, when World Atlas is started to serve"), urls).toList();
	}

}
