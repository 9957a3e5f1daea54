package io.uno.datasource.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.uno.datasource.autoconfigure.DatabaseConnectionContextCustomizer.ContainerField;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Looks for {@link DatabaseConnection} on the fields of a test class, where
 * {@code @ServiceConnection} is looked for as well.
 */
class DatabaseConnectionContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		Set<ContainerField> fields = new LinkedHashSet<>();
		collect(testClass, fields);
		return fields.isEmpty() ? null : new DatabaseConnectionContextCustomizer(fields);
	}

	private static void collect(@Nullable Class<?> candidate, Set<ContainerField> fields) {
		if (candidate == null || candidate == Object.class) {
			return;
		}
		ReflectionUtils.doWithLocalFields(candidate,
				(field) -> MergedAnnotations.from(field)
					.stream(DatabaseConnection.class)
					.forEach((annotation) -> fields.add(field(field, annotation.synthesize().value()))));
		if (TestContextAnnotationUtils.searchEnclosingClass(candidate)) {
			collect(candidate.getEnclosingClass(), fields);
		}
		for (Class<?> implemented : candidate.getInterfaces()) {
			collect(implemented, fields);
		}
		collect(candidate.getSuperclass(), fields);
	}

	private static ContainerField field(Field field, String database) {
		ContainerField found = new ContainerField(field, database);
		if (!Modifier.isStatic(field.getModifiers())) {
			throw new InvalidDatabaseConnectionException(found.toString(),
					"is not static, but the context needs it first", "Make the field static.");
		}
		return found;
	}

}
