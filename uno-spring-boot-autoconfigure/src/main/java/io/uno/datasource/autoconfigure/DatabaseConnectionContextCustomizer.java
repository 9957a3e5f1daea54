package io.uno.datasource.autoconfigure;

import java.lang.reflect.Field;
import java.util.Set;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Gives the containers in a test's fields to their databases. Part of the key of Spring's
 * context cache.
 *
 * @param fields the fields with {@link DatabaseConnection}
 */
record DatabaseConnectionContextCustomizer(Set<ContainerField> fields) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
		context.addBeanFactoryPostProcessor(new FieldsPostProcessor(this.fields, context.getEnvironment()));
	}

	/**
	 * A field that holds a container.
	 *
	 * @param field the field
	 * @param database name of the database that gets it
	 */
	record ContainerField(Field field, String database) {

		Object container() {
			ReflectionUtils.makeAccessible(this.field);
			Object container = ReflectionUtils.getField(this.field, null);
			Assert.state(container != null, () -> this + " has no value");
			return container;
		}

		@Override
		public String toString() {
			return "Field '%s' of %s with @DatabaseConnection".formatted(this.field.getName(),
					this.field.getDeclaringClass().getName());
		}

	}

	/**
	 * Registers the containers once the environment is complete.
	 *
	 * @param fields the fields with {@link DatabaseConnection}
	 * @param environment the context's environment
	 */
	private record FieldsPostProcessor(Set<ContainerField> fields,
			Environment environment) implements BeanDefinitionRegistryPostProcessor {

		@Override
		public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
			DatabaseConnectionRegistrar registrar = new DatabaseConnectionRegistrar(registry, this.environment);
			for (ContainerField field : this.fields) {
				registrar
					.register(field.database(), field.toString(),
							() -> ContainerJdbcConnectionDetails.of(field.toString(), field.container()))
					.setAttribute(ServiceConnection.class.getName(), true);
			}
		}

	}

}
