package io.uno.sample;

import java.nio.file.Path;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the sample to what users can name: the features, never their wiring.
 */
class SampleArchitectureTests {

	private static final ArchRule NO_WIRING = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("io.uno..autoconfigure..")
		.because("the features' own types are enough to use them");

	@Test
	void sampleUsesNoWiring() {
		NO_WIRING.check(new ClassFileImporter().importPath(Path.of("target", "classes")));
	}

	@Test
	void useOfWiringIsFound() {
		assertThat(NO_WIRING.evaluate(new ClassFileImporter().importPackages("fixture.wiring"))
			.getFailureReport()
			.getDetails()).singleElement()
			.asString()
			.contains("fixture.wiring.UsesWiring.details()", "autoconfigure.DatabaseConnectionDetails");
	}

}
