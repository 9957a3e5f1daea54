package io.uno.session.autoconfigure;

import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;

/**
 * What follows to the threads of asynchronous sessions beside what uno knows: whatever
 * Micrometer's context propagation knows, such as the observation, and Spring Security's
 * authentication.
 */
final class FollowingContext {

	private static final boolean PROPAGATION_PRESENT = ClassUtils.isPresent("io.micrometer.context.ContextSnapshot",
			null);

	private static final boolean SECURITY_PRESENT = ClassUtils
		.isPresent("org.springframework.security.concurrent.DelegatingSecurityContextRunnable", null);

	private FollowingContext() {
	}

	/**
	 * Has a task take along that of the current thread.
	 */
	static Runnable of(Runnable task) {
		Runnable secured = SECURITY_PRESENT ? Security.of(task) : task;
		return PROPAGATION_PRESENT ? Propagation.of(secured) : secured;
	}

	/**
	 * Loaded only where Micrometer's context propagation is there.
	 */
	private static final class Propagation {

		static Runnable of(Runnable task) {
			return new ContextPropagatingTaskDecorator().decorate(task);
		}

	}

	/**
	 * Loaded only where Spring Security is there.
	 */
	private static final class Security {

		static Runnable of(Runnable task) {
			return new DelegatingSecurityContextRunnable(task, SecurityContextHolder.getContext());
		}

	}

}
