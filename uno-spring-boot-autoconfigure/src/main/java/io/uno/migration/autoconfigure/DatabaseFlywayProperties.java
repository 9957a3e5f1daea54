package io.uno.migration.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionService;

/**
 * Binds Spring Boot's Flyway properties for a database, layer upon layer: a value or a
 * list replaces that of the layer below, a map adds to it, as Spring Boot has it among
 * property sources.
 */
final class DatabaseFlywayProperties {

	private static final String DEFAULT_LOCATION = "classpath:db/migration";

	private final Binder binder;

	private final boolean severalDatabases;

	DatabaseFlywayProperties(ConfigurableApplicationContext context, boolean severalDatabases) {
		this.binder = createBinder(context);
		this.severalDatabases = severalDatabases;
	}

	/**
	 * Converts as the application's other configuration properties are converted.
	 */
	private static Binder createBinder(ConfigurableApplicationContext context) {
		return new Binder(ConfigurationPropertySources.get(context.getEnvironment()),
				new PropertySourcesPlaceholdersResolver(context.getEnvironment()), conversionService(context),
				context.getBeanFactory()::copyRegisteredEditorsTo, new IgnoreTopLevelConverterNotFoundBindHandler());
	}

	private static ConversionService conversionService(ConfigurableApplicationContext context) {
		String name = ConfigurableApplicationContext.CONVERSION_SERVICE_BEAN_NAME;
		if (context.containsBean(name) && context.isTypeMatch(name, ConversionService.class)) {
			return context.getBean(name, ConversionService.class);
		}
		ApplicationConversionService service = new ApplicationConversionService();
		ApplicationConversionService.addBeans(service, context.getBeanFactory(), ConfigurationPropertiesBinding.VALUE);
		return service;
	}

	FlywayProperties bind(String database) {
		FlywayProperties properties = new FlywayProperties();
		properties.setLocations(List.of(defaultLocation(database)));
		Bindable<FlywayProperties> target = Bindable.ofInstance(properties);
		FlywayLayer.all(database).forEach((layer) -> this.binder.bind(layer, target));
		return properties;
	}

	/**
	 * Several databases never share a directory unasked.
	 */
	private String defaultLocation(String database) {
		return this.severalDatabases ? DEFAULT_LOCATION + "/" + database : DEFAULT_LOCATION;
	}

	/**
	 * The layer that names the locations; the database's own when none does.
	 */
	ConfigurationPropertyName layerOfLocations(String database) {
		Bindable<List<String>> locations = Bindable.listOf(String.class);
		return FlywayLayer.all(database)
			.stream()
			.filter((layer) -> this.binder.bind(layer.append("locations"), locations).isBound())
			.reduce(FlywayLayer.ofDatabase(database), (general, specific) -> specific);
	}

}
