package io.uno.architecture;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules, each for the packages below a root, so that the library and the fixtures
 * which break a rule are held to the very same one. A rule that has nothing to look at
 * passes: a package may still be empty.
 */
final class ArchitectureRules {

	private static final String[] SPRING_CORE = { "org.springframework.core..", "org.springframework.util.." };

	private ArchitectureRules() {
	}

	static List<ArchRule> ofLibrary(String root) {
		return List.of(featuresAreFreeOfCycles(root), packagesAreFreeOfCycles(root), featuresUseWhatTheyMay(root),
				featuresAreFreeOfWiring(), featuresAreFreeOfBoot(), leavesAreFreeOfHibernateAndFlyway(root),
				dialectUsesOnlyTheCoreOfSpring(root), errorUsesOnlyTheExceptionsOfSpring(root),
				autoConfigurationsArePublicAndFinal(), autoConfigurationsAreNamedSo(), autoConfigurationsLiveInWiring(),
				autoConfigurationsHaveNoPublicMembers(), beanMethodsAreNotPublic(), postProcessorBeanMethodsAreStatic(),
				beanMethodsHaveNoConditionOnClasses(), noJavaUtilLogging(), noSystemProperties(), noStandardStreams(),
				noPostConstruct(), noFieldInjection(), packagesAreNullMarked(), typesAreMostlyHidden());
	}

	static List<ArchRule> ofTests(String root) {
		return List.of(noSleep(), noAssertionsOfJUnit(), noMocks(), noSystemProperties(),
				testsOnServersAreTagged(root));
	}

	static ArchRule featuresAreFreeOfCycles(String root) {
		return slices().assignedFrom(new FeatureSlices(root)).should().beFreeOfCycles().allowEmptyShould(true);
	}

	static ArchRule packagesAreFreeOfCycles(String root) {
		return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
	}

	static ArchRule featuresUseWhatTheyMay(String root) {
		return classes().that()
			.resideInAPackage(root + "..")
			.should(new PackageDirections(root))
			.because("the direction between features is part of the design")
			.allowEmptyShould(true);
	}

	static ArchRule featuresAreFreeOfWiring() {
		return noClasses().that()
			.resideOutsideOfPackage("..autoconfigure..")
			.should()
			.dependOnClassesThat(resideInAPackage("..autoconfigure.."))
			.allowEmptyShould(true);
	}

	static ArchRule featuresAreFreeOfBoot() {
		return noClasses().that()
			.resideOutsideOfPackage("..autoconfigure..")
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework.boot.."))
			.allowEmptyShould(true);
	}

	static ArchRule leavesAreFreeOfHibernateAndFlyway(String root) {
		return noClasses().that()
			.resideInAnyPackage(root + ".dialect..", root + ".error..")
			.should()
			.dependOnClassesThat(resideInAnyPackage("org.hibernate..", "org.flywaydb.."))
			.allowEmptyShould(true);
	}

	static ArchRule dialectUsesOnlyTheCoreOfSpring(String root) {
		return usesOnlyOfSpring(root + ".dialect..", SPRING_CORE);
	}

	static ArchRule errorUsesOnlyTheExceptionsOfSpring(String root) {
		return usesOnlyOfSpring(root + ".error..", SPRING_CORE[0], SPRING_CORE[1], "org.springframework.dao..",
				"org.springframework.transaction..");
	}

	private static ArchRule usesOnlyOfSpring(String users, String... allowed) {
		return noClasses().that()
			.resideInAPackage(users)
			.should()
			.dependOnClassesThat(resideInAPackage("org.springframework..").and(not(resideInAnyPackage(allowed))))
			.allowEmptyShould(true);
	}

	static ArchRule autoConfigurationsArePublicAndFinal() {
		return classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.allowEmptyShould(true);
	}

	static ArchRule autoConfigurationsAreNamedSo() {
		return classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.haveSimpleNameEndingWith("AutoConfiguration")
			.allowEmptyShould(true);
	}

	static ArchRule autoConfigurationsLiveInWiring() {
		return classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.resideInAPackage("..autoconfigure..")
			.allowEmptyShould(true);
	}

	static ArchRule autoConfigurationsHaveNoPublicMembers() {
		return members().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.and(not(isDefaultConstructor()))
			.and(not(overrides()))
			.should()
			.notBePublic()
			.allowEmptyShould(true);
	}

	static ArchRule beanMethodsAreNotPublic() {
		return methods().that().areAnnotatedWith(Bean.class).should().notBePublic().allowEmptyShould(true);
	}

	static ArchRule postProcessorBeanMethodsAreStatic() {
		return methods().that()
			.areAnnotatedWith(Bean.class)
			.and()
			.haveRawReturnType(assignableTo(BeanPostProcessor.class).or(assignableTo(BeanFactoryPostProcessor.class)))
			.should()
			.beStatic()
			.because("its configuration would be created before the beans that it needs could be processed")
			.allowEmptyShould(true);
	}

	static ArchRule beanMethodsHaveNoConditionOnClasses() {
		return methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBeAnnotatedWith(ConditionalOnClass.class)
			.because("the JVM loads the method's signature before the condition is asked")
			.allowEmptyShould(true);
	}

	static ArchRule noJavaUtilLogging() {
		return noClasses().should()
			.callMethodWhere(target(owner(resideInAPackage("java.util.logging.."))))
			.because("DataSource.getParentLogger() may name its type, but logging goes to commons-logging")
			.allowEmptyShould(true);
	}

	static ArchRule noSystemProperties() {
		return noClasses().should()
			.callMethod(System.class, "setProperty", String.class, String.class)
			.because("it breaks a second context in the JVM")
			.allowEmptyShould(true);
	}

	static ArchRule noStandardStreams() {
		return NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true);
	}

	static ArchRule noPostConstruct() {
		return methods().should()
			.notBeAnnotatedWith("jakarta.annotation.PostConstruct")
			.because("InitializingBean and SmartInitializingSingleton work without an annotation processor")
			.allowEmptyShould(true);
	}

	static ArchRule noFieldInjection() {
		return noFields().should()
			.beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
			.orShould()
			.beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
			.orShould()
			.beAnnotatedWith("jakarta.annotation.Resource")
			.orShould()
			.beAnnotatedWith("jakarta.inject.Inject")
			.allowEmptyShould(true);
	}

	static ArchRule noSleep() {
		return noClasses().should()
			.callMethodWhere(describe("Thread.sleep is called",
					(call) -> call.getTargetOwner().isEquivalentTo(Thread.class) && call.getName().equals("sleep")))
			.because("a condition can be awaited")
			.allowEmptyShould(true);
	}

	static ArchRule packagesAreNullMarked() {
		return classes().should(beInANullMarkedPackage()).allowEmptyShould(true);
	}

	static ArchRule typesAreMostlyHidden() {
		return classes().that()
			.areTopLevelClasses()
			.and()
			.doNotHaveSimpleName("package-info")
			.should(new PackagePrivateShare())
			.allowEmptyShould(true);
	}

	static ArchRule noAssertionsOfJUnit() {
		return noClasses().should()
			.dependOnClassesThat()
			.haveNameMatching("org\\.junit\\.(jupiter\\.api\\.)?(Assert|Assertions|Assume)|org\\.hamcrest\\..*")
			.because("AssertJ's assertions say more when they fail")
			.allowEmptyShould(true);
	}

	static ArchRule noMocks() {
		return noClasses().should()
			.dependOnClassesThat(
					resideInAnyPackage("org.mockito..", "org.springframework.test.context.bean.override.mockito.."))
			.because("a mocked database proves nothing")
			.allowEmptyShould(true);
	}

	static ArchRule testsOnServersAreTagged(String root) {
		return classes().that(useServers(root + ".embedded.PostgresCluster"))
			.and(describe("run on them",
					(type) -> !type.getModifiers().contains(JavaModifier.ABSTRACT) && !isTagged(type, "h2")))
			.should(beTagged("postgres"))
			.because("the tests that ran on PostgreSQL are counted")
			.allowEmptyShould(true);
	}

	private static DescribedPredicate<JavaMember> isDefaultConstructor() {
		return describe("default constructors",
				(member) -> member.getName().equals("<init>") && member.getFullName().endsWith("<init>()"));
	}

	private static DescribedPredicate<JavaMember> overrides() {
		return describe("overriding methods",
				(member) -> member instanceof JavaMethod method && method.getOwner()
					.getAllRawInterfaces()
					.stream()
					.anyMatch((type) -> type
						.tryGetMethod(method.getName(),
								method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new))
						.isPresent()));
	}

	private static ArchCondition<JavaClass> beInANullMarkedPackage() {
		return new ArchCondition<>("be in a package annotated @NullMarked") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
					events.add(SimpleConditionEvent.violated(type, "<%s> is in package <%s>, which is not @NullMarked"
						.formatted(type.getName(), type.getPackageName())));
				}
			}

		};
	}

	private static DescribedPredicate<JavaClass> useServers(String server) {
		return describe("have tests that use " + server + ", also through other classes of the tests",
				(type) -> type.getAllMethods().stream().anyMatch(ArchitectureRules::isTest)
						&& reaches(type, server, new HashSet<>()));
	}

	private static boolean reaches(JavaClass type, String server, Set<JavaClass> visited) {
		return visited.add(type) && type.getDirectDependenciesFromSelf()
			.stream()
			.map(Dependency::getTargetClass)
			.anyMatch((target) -> target.getName().equals(server)
					|| (isTestSource(target) && reaches(target, server, visited)));
	}

	private static boolean isTestSource(JavaClass type) {
		return type.getSource().filter((source) -> source.getUri().toString().contains("/test-classes/")).isPresent();
	}

	private static boolean isTest(JavaMethod method) {
		return method.isMetaAnnotatedWith("org.junit.platform.commons.annotation.Testable");
	}

	private static ArchCondition<JavaClass> beTagged(String tag) {
		return new ArchCondition<>("be tagged '" + tag + "'") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!isTagged(type, tag)) {
					events.add(SimpleConditionEvent.violated(type,
							"<%s> is not tagged '%s'".formatted(type.getName(), tag)));
				}
			}

		};
	}

	private static boolean isTagged(JavaClass type, String tag) {
		return hasTag(type, tag) || type.getAllRawSuperclasses().stream().anyMatch((parent) -> hasTag(parent, tag))
				|| type.getEnclosingClass().filter((enclosing) -> isTagged(enclosing, tag)).isPresent();
	}

	private static boolean hasTag(HasAnnotations<?> annotated, String tag) {
		return annotated.isMetaAnnotatedWith(describe("tagged", (annotation) -> isTag(annotation, tag)));
	}

	private static boolean isTag(JavaAnnotation<?> annotation, String tag) {
		String type = annotation.getRawType().getName();
		return (type.equals(Tag.class.getName()) || type.equals("net.jqwik.api.Tag"))
				&& annotation.get("value").filter(tag::equals).isPresent();
	}

}
