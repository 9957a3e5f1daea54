package io.uno.model;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.ResolvableType;
import org.springframework.data.domain.AuditorAware;
import org.springframework.util.function.SingletonSupplier;

/**
 * The current auditor as the application's {@link AuditorAware} bean tells it, if there
 * is one. The bean is looked up when it is first needed: it may itself need Hibernate.
 */
final class SpringDataAuditor implements Supplier<@Nullable String> {

	private final SingletonSupplier<AuditorAware<?>> auditorAware;

	SpringDataAuditor(BeanFactory beanFactory) {
		ObjectProvider<AuditorAware<?>> provider = beanFactory
			.getBeanProvider(ResolvableType.forClass(AuditorAware.class));
		this.auditorAware = SingletonSupplier.ofNullable(provider::getIfAvailable);
	}

	@Override
	public @Nullable String get() {
		AuditorAware<?> current = this.auditorAware.get();
		return (current != null) ? current.getCurrentAuditor().map(SpringDataAuditor::text).orElse(null) : null;
	}

	private static String text(Object auditor) {
		if (!BeanUtils.isSimpleValueType(auditor.getClass())) {
			throw new IllegalStateException(
					"The current auditor is a %s, and the columns that keep it are text: let AuditorAware return a String"
						.formatted(auditor.getClass().getName()));
		}
		return auditor.toString();
	}

}
