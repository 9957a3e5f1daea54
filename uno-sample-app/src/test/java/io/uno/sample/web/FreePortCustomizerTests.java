package io.uno.sample.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FreePortCustomizer}.
 */
class FreePortCustomizerTests {

	private final MockEnvironment environment = new MockEnvironment();

	@SuppressWarnings("NullAway.Init")
	private ServerSocket busy;

	@BeforeEach
	void occupyPort() throws IOException {
		this.busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void releasePort() throws IOException {
		this.busy.close();
	}

	@Test
	void freePortIsTakenWhenTheUsualOneIsInUse() {
		WebServer server = server();
		try {
			server.start();
			assertThat(server.getPort()).isPositive().isNotEqualTo(this.busy.getLocalPort());
		}
		finally {
			server.destroy();
		}
	}

	@Test
	void usualPortIsTakenWhenItIsFree() throws IOException {
		int port = this.busy.getLocalPort();
		WebServer server = server();
		this.busy.close();
		try {
			server.start();
			assertThat(server.getPort()).isEqualTo(port);
		}
		finally {
			server.destroy();
		}
	}

	@Test
	void portThatWasAskedForIsNotReplaced() {
		this.environment.setProperty("server.port", String.valueOf(this.busy.getLocalPort()));
		WebServer server = server();
		try {
			assertThatExceptionOfType(PortInUseException.class).isThrownBy(server::start);
		}
		finally {
			server.destroy();
		}
	}

	@Test
	void importDoesNotListen() {
		this.environment.setProperty("atlas.mode", "import");
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
		new FreePortCustomizer(this.environment).customize(factory);
		assertThat(factory.getPort()).isEqualTo(-1);
	}

	private WebServer server() {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(this.busy.getLocalPort());
		factory.setAddress(InetAddress.getLoopbackAddress());
		new FreePortCustomizer(this.environment).customize(factory);
		return factory.getWebServer();
	}

}
