package io.uno.embedded.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Looks for {@link EmbeddedPostgres} on a test class.
 */
class EmbeddedPostgresContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		EmbeddedPostgres annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				EmbeddedPostgres.class);
		return (annotation != null) ? new EmbeddedPostgresContextCustomizer(owner(testClass), annotation.replicas())
				: null;
	}

	// a nested class without an annotation of its own uses the context around it
	private static Class<?> owner(Class<?> testClass) {
		Class<?> owner = testClass;
		while (owner.getEnclosingClass() != null && !isAnnotated(owner)
				&& TestContextAnnotationUtils.searchEnclosingClass(owner)) {
			owner = owner.getEnclosingClass();
		}
		return owner;
	}

	private static boolean isAnnotated(Class<?> candidate) {
		return MergedAnnotations.from(candidate, SearchStrategy.TYPE_HIERARCHY).isPresent(EmbeddedPostgres.class);
	}

}
