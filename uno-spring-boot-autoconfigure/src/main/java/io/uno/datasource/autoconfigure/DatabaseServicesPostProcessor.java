package io.uno.datasource.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Makes what Boot has registered for a labelled service the connection of the database
 * that the label names, and takes it away from everything else: Boot would have every
 * service serve the one data source.
 */
class DatabaseServicesPostProcessor implements BeanDefinitionRegistryPostProcessor {

	static final String LABEL = "io.uno.database";

	private final List<RunningService> services;

	private final Environment environment;

	DatabaseServicesPostProcessor(List<RunningService> services, Environment environment) {
		this.services = services;
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		for (RunningService service : this.services) {
			String database = service.labels().get(LABEL);
			if (database != null) {
				assign(registry, service, database);
			}
		}
	}

	private void assign(BeanDefinitionRegistry registry, RunningService service, String database) {
		String source = "Compose service '%s' with the label '%s: %s'".formatted(service.name(), LABEL, database);
		Supplier<JdbcConnectionDetails> details = null;
		for (String bean : registry.getBeanDefinitionNames()) {
			AbstractBeanDefinition definition = (AbstractBeanDefinition) registry.getBeanDefinition(bean);
			Class<?> registered = connectionOf(service, bean, definition);
			if (registered != null) {
				registry.removeBeanDefinition(bean);
			}
			if (registered == JdbcConnectionDetails.class) {
				details = () -> (JdbcConnectionDetails) Objects
					.requireNonNull(Objects.requireNonNull(definition.getInstanceSupplier()).get());
			}
		}
		if (details == null) {
			throw noJdbc(service, source);
		}
		new DatabaseConnectionRegistrar(registry, this.environment).register(database, source, details);
	}

	private static InvalidDatabaseConnectionException noJdbc(RunningService service, String source) {
		return new InvalidDatabaseConnectionException(source,
				"has the image '%s', which Boot knows no JDBC connection to".formatted(service.image()),
				"Say which service it is with the label 'org.springframework.boot.service-connection: postgres'.",
				"Remove the label '%s'.".formatted(LABEL));
	}

	/**
	 * The type that Boot registered a bean as if it did so for this service, else
	 * {@code null}. The name is all that tells.
	 */
	private static @Nullable Class<?> connectionOf(RunningService service, String bean,
			AbstractBeanDefinition definition) {
		if (!definition.hasBeanClass() || !ConnectionDetails.class.isAssignableFrom(definition.getBeanClass())) {
			return null;
		}
		return Arrays.stream(ClassUtils.getAllInterfacesForClass(definition.getBeanClass()))
			.filter(ConnectionDetails.class::isAssignableFrom)
			.filter((type) -> bean.equals(beanName(service, type)))
			.findFirst()
			.orElse(null);
	}

	private static String beanName(RunningService service, Class<?> type) {
		String suffix = Arrays.stream(service.name().split("-"))
			.map(StringUtils::capitalize)
			.collect(Collectors.joining());
		return StringUtils.uncapitalize(ClassUtils.getShortNameAsProperty(type)) + "For" + suffix;
	}

}
