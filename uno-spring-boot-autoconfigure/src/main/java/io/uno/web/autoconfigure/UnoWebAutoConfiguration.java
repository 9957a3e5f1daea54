package io.uno.web.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

import io.micrometer.core.instrument.MeterRegistry;
import io.uno.datasource.Databases;
import io.uno.routing.PositionStore;
import io.uno.routing.RoutingTemplate;
import io.uno.routing.autoconfigure.UnoRoutingAutoConfiguration;
import io.uno.web.PositionCookieFilter;
import io.uno.web.PositionCookieListener;
import jakarta.servlet.Filter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Auto-configuration of the cookie by which a web application's callers read their own
 * writes on every instance.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = UnoRoutingAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass({ Filter.class, OncePerRequestFilter.class })
@ConditionalOnBean({ RoutingTemplate.class, Databases.class })
@ConditionalOnBooleanProperty(name = "uno.web.position-cookie.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PositionCookieProperties.class)
public final class UnoWebAutoConfiguration {

	private static final Log logger = LogFactory.getLog(UnoWebAutoConfiguration.class);

	/**
	 * Behind Spring Security, which has found out by then who the user is.
	 */
	private static final int ORDER = -99;

	private static final int KEY_LENGTH = 32;

	@Bean
	@ConditionalOnMissingFilterBean
	PositionCookieFilter positionCookieFilter(RoutingTemplate routing, Databases databases,
			PositionCookieProperties properties, ObjectProvider<PositionStore> store,
			ObjectProvider<PositionCookieListener> listeners) {
		return new PositionCookieFilter(routing, databases, properties.toCookie(), secret(properties, databases),
				store.getIfUnique(() -> PositionStore.inMemory(properties.maxAge())),
				new PositionCookieListeners(listeners.orderedStream().toList()));
	}

	private static byte[] secret(PositionCookieProperties properties, Databases databases) {
		if (properties.secret() != null) {
			return properties.secret().getBytes(StandardCharsets.UTF_8);
		}
		if (isReplicated(databases)) {
			logger.info("Callers see their own writes on this instance only, as each has a key of its own; "
					+ "set 'uno.web.position-cookie.secret' to the same on all instances");
		}
		byte[] key = new byte[KEY_LENGTH];
		new SecureRandom().nextBytes(key);
		return key;
	}

	private static boolean isReplicated(Databases databases) {
		return databases.all().stream().anyMatch((database) -> !database.replicas().isEmpty());
	}

	@Bean
	@ConditionalOnBean(PositionCookieFilter.class)
	@ConditionalOnMissingBean
	FilterRegistrationBean<PositionCookieFilter> positionCookieFilterRegistration(PositionCookieFilter filter,
			Databases databases) {
		FilterRegistrationBean<PositionCookieFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setOrder(ORDER);
		registration.setEnabled(isReplicated(databases));
		return registration;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		PositionCookieMetrics positionCookieMetrics() {
			return new PositionCookieMetrics();
		}

	}

}
