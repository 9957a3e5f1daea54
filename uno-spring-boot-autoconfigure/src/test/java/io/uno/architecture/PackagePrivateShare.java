package io.uno.architecture;

import java.util.Collection;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * What users cannot name can change freely: at least two of five types are hidden. Fewer
 * than ten types say nothing yet.
 */
final class PackagePrivateShare extends ArchCondition<JavaClass> {

	private static final int PERCENT = 40;

	private static final int ENOUGH_TYPES = 10;

	private List<JavaClass> types = List.of();

	PackagePrivateShare() {
		super("be package-private to at least %d %%", PERCENT);
	}

	@Override
	public void init(Collection<JavaClass> types) {
		this.types = List.copyOf(types);
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
	}

	@Override
	public void finish(ConditionEvents events) {
		long hidden = this.types.stream().filter((type) -> !type.getModifiers().contains(JavaModifier.PUBLIC)).count();
		if (this.types.size() >= ENOUGH_TYPES && 100 * hidden < (long) PERCENT * this.types.size()) {
			events.add(SimpleConditionEvent.violated(this.types,
					"%d of %d types are package-private, %d %% must be".formatted(hidden, this.types.size(), PERCENT)));
		}
	}

}
