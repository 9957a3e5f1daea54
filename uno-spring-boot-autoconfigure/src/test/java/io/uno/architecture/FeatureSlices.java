package io.uno.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * One slice for each feature, without its wiring: the wiring of one feature may use
 * another one.
 */
final class FeatureSlices implements SliceAssignment {

	private final Features features;

	FeatureSlices(String root) {
		this.features = new Features(root);
	}

	@Override
	public SliceIdentifier getIdentifierOf(JavaClass type) {
		if (!this.features.contain(type) || this.features.isWiring(type)) {
			return SliceIdentifier.ignore();
		}
		return SliceIdentifier.of(this.features.of(type));
	}

	@Override
	public String getDescription() {
		return "features";
	}

}
