package io.uno.architecture;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sees every one of the {@link ArchitectureRules} fail on code that breaks it.
 */
class ArchitectureRulesTests {

	private static final List<String> FIXTURES = List.of("featurecycle", "packagecycle", "direction", "wiring", "boot",
			"leaves", "autoconfiguration", "logging", "systemproperty", "standardstreams", "postconstruct",
			"fieldinjection", "sleep", "unmarked", "visible", "junitassertions", "mocks", "untagged");

	private static final Map<String, JavaClasses> CLASSES = new ConcurrentHashMap<>();

	@ParameterizedTest
	@MethodSource
	void compliantCodePasses(ArchRule rule) {
		assertThat(violations(rule, "compliant")).isEmpty();
	}

	static Stream<ArchRule> compliantCodePasses() {
		return Stream
			.of(ArchitectureRules.ofLibrary("fixture.compliant"), ArchitectureRules.ofTests("fixture.compliant"))
			.flatMap(List::stream);
	}

	@Test
	void everyRuleOfTheLibraryIsBrokenByAFixture() {
		assertThat(unbroken(ArchitectureRules::ofLibrary)).isEmpty();
	}

	@Test
	void everyRuleOfTheTestsIsBrokenByAFixture() {
		assertThat(unbroken(ArchitectureRules::ofTests)).isEmpty();
	}

	@Test
	void cyclesBetweenFeaturesAreFound() {
		assertThat(violations(ArchitectureRules.featuresAreFreeOfCycles("fixture.featurecycle"), "featurecycle"))
			.singleElement()
			.asString()
			.startsWith("Cycle detected: Slice one ->")
			.contains("Slice two ->");
		assertThat(violations(ArchitectureRules.packagesAreFreeOfCycles("fixture.featurecycle"), "featurecycle"))
			.isEmpty();
	}

	@Test
	void cyclesBetweenPackagesAreFound() {
		assertThat(violations(ArchitectureRules.packagesAreFreeOfCycles("fixture.packagecycle"), "packagecycle"))
			.singleElement()
			.asString()
			.startsWith("Cycle detected: Slice one.left ->")
			.contains("Slice one.right ->");
		assertThat(violations(ArchitectureRules.featuresAreFreeOfCycles("fixture.packagecycle"), "packagecycle"))
			.isEmpty();
	}

	@Test
	void featureUsingOneThatItMustNotUseIsFound() {
		assertThat(violations(ArchitectureRules.featuresUseWhatTheyMay("fixture.direction"), "direction")).hasSize(2)
			.anySatisfy((violation) -> assertThat(violation).startsWith(
					"'datasource' must not use 'routing': " + "Method <fixture.direction.datasource.Pools.routers()>"))
			.anySatisfy((violation) -> assertThat(violation).startsWith(
					"<fixture.direction.misc.Things> lives in 'misc', of which nobody has said what it may use; "
							+ "known are [bulk, crud, "));
	}

	@Test
	void featureUsingWiringIsFound() {
		assertThat(violations(ArchitectureRules.featuresAreFreeOfWiring(), "wiring")).singleElement()
			.asString()
			.contains("fixture.wiring.session.Sessions.settings()", "autoconfigure.SessionSettings");
	}

	@Test
	void featureUsingBootIsFound() {
		assertThat(violations(ArchitectureRules.featuresAreFreeOfBoot(), "boot")).singleElement()
			.asString()
			.contains("fixture.boot.session.Sessions.application()", "org.springframework.boot.SpringApplication");
	}

	@Test
	void leavesUsingHibernateOrFlywayAreFound() {
		assertThat(violations(ArchitectureRules.leavesAreFreeOfHibernateAndFlyway("fixture.leaves"), "leaves"))
			.hasSize(2)
			.anySatisfy((violation) -> assertThat(violation).contains("HibernateDialect.dialect()"))
			.anySatisfy((violation) -> assertThat(violation).contains("FlywayError.exception()"));
	}

	@Test
	void leavesUsingMoreOfSpringAreFound() {
		assertThat(violations(ArchitectureRules.dialectUsesOnlyTheCoreOfSpring("fixture.leaves"), "leaves"))
			.singleElement()
			.asString()
			.contains("SpringDialect.exception()");
		assertThat(violations(ArchitectureRules.errorUsesOnlyTheExceptionsOfSpring("fixture.leaves"), "leaves"))
			.singleElement()
			.asString()
			.contains("JdbcError.translator()");
	}

	@Test
	void autoConfigurationThatIsNotPublicOrNotFinalIsFound() {
		assertThat(violations(ArchitectureRules.autoConfigurationsArePublicAndFinal(), "autoconfiguration")).hasSize(2)
			.allSatisfy((violation) -> assertThat(violation)
				.startsWith("Class <fixture.autoconfiguration.autoconfigure.HiddenAutoConfiguration>"));
	}

	@Test
	void autoConfigurationUnderAnotherNameIsFound() {
		assertThat(violations(ArchitectureRules.autoConfigurationsAreNamedSo(), "autoconfiguration")).singleElement()
			.asString()
			.startsWith("Class <fixture.autoconfiguration.autoconfigure.Misnamed>");
	}

	@Test
	void autoConfigurationElsewhereIsFound() {
		assertThat(violations(ArchitectureRules.autoConfigurationsLiveInWiring(), "autoconfiguration")).singleElement()
			.asString()
			.startsWith("Class <fixture.autoconfiguration.PlainAutoConfiguration>");
	}

	@Test
	void publicMemberOfAnAutoConfigurationIsFound() {
		assertThat(violations(ArchitectureRules.autoConfigurationsHaveNoPublicMembers(), "autoconfiguration"))
			.singleElement()
			.asString()
			.contains("OpenAutoConfiguration.configure()");
	}

	@Test
	void publicBeanMethodIsFound() {
		assertThat(violations(ArchitectureRules.beanMethodsAreNotPublic(), "autoconfiguration")).singleElement()
			.asString()
			.contains("BeanMethods.open()");
	}

	@Test
	void postProcessorsOfAnInstanceAreFound() {
		assertThat(violations(ArchitectureRules.postProcessorBeanMethodsAreStatic(), "autoconfiguration")).hasSize(2)
			.anySatisfy((violation) -> assertThat(violation).contains("BeanMethods.beanPostProcessor()"))
			.anySatisfy((violation) -> assertThat(violation).contains("BeanMethods.beanFactoryPostProcessor()"));
	}

	@Test
	void conditionOnAClassAtABeanMethodIsFound() {
		assertThat(violations(ArchitectureRules.beanMethodsHaveNoConditionOnClasses(), "autoconfiguration"))
			.singleElement()
			.asString()
			.contains("BeanMethods.conditional()");
	}

	@Test
	void javaUtilLoggingIsFound() {
		assertThat(violations(ArchitectureRules.noJavaUtilLogging(), "logging")).singleElement()
			.asString()
			.contains("java.util.logging.Logger.info");
	}

	@Test
	void setSystemPropertyIsFound() {
		assertThat(violations(ArchitectureRules.noSystemProperties(), "systemproperty")).singleElement()
			.asString()
			.contains("System.setProperty");
	}

	@Test
	void standardStreamIsFound() {
		assertThat(violations(ArchitectureRules.noStandardStreams(), "standardstreams")).singleElement()
			.asString()
			.contains("System.out");
	}

	@Test
	void postConstructIsFound() {
		assertThat(violations(ArchitectureRules.noPostConstruct(), "postconstruct")).singleElement()
			.asString()
			.contains("Initializes.initialize()");
	}

	@Test
	void injectedFieldsAreFound() {
		assertThat(violations(ArchitectureRules.noFieldInjection(), "fieldinjection")).hasSize(2)
			.anySatisfy((violation) -> assertThat(violation).contains("Injected.task"))
			.anySatisfy((violation) -> assertThat(violation).contains("Injected.name"));
	}

	@Test
	void sleepIsFound() {
		assertThat(violations(ArchitectureRules.noSleep(), "sleep")).singleElement()
			.asString()
			.contains("Thread.sleep");
	}

	@Test
	void packageWithoutNullMarkedIsFound() {
		assertThat(violations(ArchitectureRules.packagesAreNullMarked(), "unmarked")).singleElement()
			.isEqualTo("<fixture.unmarked.Unmarked> is in package <fixture.unmarked>, which is not @NullMarked");
	}

	@Test
	void tooManyPublicTypesAreFound() {
		assertThat(violations(ArchitectureRules.typesAreMostlyHidden(), "visible")).singleElement()
			.isEqualTo("3 of 10 types are package-private, 40 % must be");
	}

	@Test
	void assertionsOfJUnitAreFound() {
		assertThat(violations(ArchitectureRules.noAssertionsOfJUnit(), "junitassertions")).singleElement()
			.asString()
			.contains("org.junit.jupiter.api.Assertions.assertEquals");
	}

	@Test
	void mockIsFound() {
		assertThat(violations(ArchitectureRules.noMocks(), "mocks")).singleElement()
			.asString()
			.contains("org.mockito.Mockito.mock");
	}

	@Test
	void testOnServersWithoutTheTagIsFound() {
		assertThat(violations(ArchitectureRules.testsOnServersAreTagged("fixture.untagged"), "untagged"))
			.containsExactlyInAnyOrder("<fixture.untagged.routing.OtherTag> is not tagged 'postgres'",
					"<fixture.untagged.routing.Untagged> is not tagged 'postgres'",
					"<fixture.untagged.routing.UsesApplication> is not tagged 'postgres'");
	}

	@Test
	void publicTypeThatIsNotListedIsFound() {
		PublicApi api = PublicApi.of(classes("publicapi"));
		assertThat(api.differencesFrom(List.of("fixture.publicapi.Gone", "fixture.publicapi.Listed")))
			.containsExactly("+ fixture.publicapi.Unlisted", "- fixture.publicapi.Gone");
		assertThat(api.differencesFrom(List.of("fixture.publicapi.Unlisted", "fixture.publicapi.Listed")))
			.containsExactly("the list is not sorted or names a type twice");
		assertThat(api.differencesFrom(List.of("fixture.publicapi.Listed", "fixture.publicapi.Unlisted"))).isEmpty();
	}

	private static List<String> unbroken(Function<String, List<ArchRule>> rules) {
		return IntStream.range(0, rules.apply("any").size())
			.filter((index) -> FIXTURES.stream()
				.allMatch((fixture) -> violations(rules.apply("fixture." + fixture).get(index), fixture).isEmpty()))
			.mapToObj((index) -> rules.apply("any").get(index).getDescription())
			.toList();
	}

	private static List<String> violations(ArchRule rule, String fixture) {
		EvaluationResult result = rule.evaluate(classes(fixture));
		return result.getFailureReport().getDetails();
	}

	private static JavaClasses classes(String fixture) {
		return CLASSES.computeIfAbsent(fixture, (name) -> new ClassFileImporter().importPackages("fixture." + name));
	}

}
