package io.uno.datasource.autoconfigure;

import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SmartApplicationListener;

/**
 * Gives the Docker Compose services with the label {@code io.uno.database} to the
 * databases that they name. Knows the event by its name, as it is asked for its events in
 * applications without Docker Compose, too.
 */
class DatabaseServicesListener implements SmartApplicationListener {

	private static final String EVENT = "org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent";

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return eventType.getName().equals(EVENT);
	}

	/**
	 * Boot registers the services' connections in a listener, too, and nothing says which
	 * of the two comes first: so what has to be done is done when the context is
	 * refreshed.
	 */
	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof DockerComposeServicesReadyEvent ready
				&& ready.getSource() instanceof ConfigurableApplicationContext context) {
			context.addBeanFactoryPostProcessor(
					new DatabaseServicesPostProcessor(ready.getRunningServices(), context.getEnvironment()));
		}
	}

}
