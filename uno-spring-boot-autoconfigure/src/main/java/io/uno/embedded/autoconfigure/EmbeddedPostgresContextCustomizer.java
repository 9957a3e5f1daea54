package io.uno.embedded.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.support.BeanRegistryAdapter;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Gives the databases of a test fresh databases on shared servers. Part of the key of
 * Spring's context cache, so that each test class has databases of its own, which live as
 * long as its context.
 *
 * @param testClass the class whose databases they are
 * @param replicas the number of replicas of each database
 */
record EmbeddedPostgresContextCustomizer(Class<?> testClass, int replicas) implements ContextCustomizer {

	private static final String LIBRARY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		if (!ClassUtils.isPresent(LIBRARY, context.getClassLoader())) {
			throw new MissingEmbeddedPostgresException("@EmbeddedPostgres is on " + this.testClass.getName());
		}
		addProperties(context);
		BeanRegistrar registrar = (registry, environment) -> {
			DatabaseDeclarations declarations = DatabaseDeclarations.from(environment);
			List<DatabaseDeclaration> databases = declarations.getDatabases();
			new ClusterRegistrar(registry, declarations,
					(beans, database, cluster) -> cluster.startShared(indexOf(databases, database)))
				.register(databases);
		};
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
		new BeanRegistryAdapter(beanFactory, context.getEnvironment(), registrar.getClass()).register(registrar);
	}

	// the empty urls make every declared node one without a url, also those of the
	// properties
	private void addProperties(ConfigurableApplicationContext context) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("uno.embedded.enabled", "true");
		properties.put("uno.embedded.replicas", Integer.toString(this.replicas));
		properties.put("spring.test.database.replace", "NONE");
		DatabaseDeclarations declarations = DatabaseDeclarations.from(context.getEnvironment());
		declarations.getDatabases().forEach((database) -> hideUrls(declarations, database, properties));
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("embeddedPostgres", properties));
	}

	private static void hideUrls(DatabaseDeclarations declarations, DatabaseDeclaration database,
			Map<String, Object> properties) {
		String prefix = declarations.isManaged() ? "uno.databases." + database.name() + "." : "uno.";
		if (database.hasUrl()) {
			properties.put(declarations.isManaged() ? prefix + "url" : "spring.datasource.url", "");
		}
		database.replicas()
			.stream()
			.filter((replica) -> replica.hasUrl())
			.forEach((replica) -> properties.put(prefix + "replicas." + replica.name() + ".url", ""));
	}

	private static int indexOf(List<DatabaseDeclaration> databases, String name) {
		return databases.stream().map(DatabaseDeclaration::name).toList().indexOf(name);
	}

}
