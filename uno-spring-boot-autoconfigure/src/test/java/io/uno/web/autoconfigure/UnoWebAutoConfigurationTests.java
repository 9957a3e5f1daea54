package io.uno.web.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.datasource.Node;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.PositionStore;
import io.uno.routing.RoutingTemplate;
import io.uno.web.CookieRefusal;
import io.uno.web.PositionCookie;
import io.uno.web.PositionCookieFilter;
import io.uno.web.PositionCookieListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnoWebAutoConfigurationTests {

	private static final String SECRET = "uno.web.position-cookie.secret=" + "s3cr3t".repeat(6);

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UnoWebAutoConfiguration.class))
		.withUserConfiguration(Replicated.class);

	@Test
	void filterIsRegisteredWhereADatabaseHasReplicas() {
		this.runner.withPropertyValues(SECRET).run((context) -> {
			FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
			assertThat(registration.getFilter()).isSameAs(context.getBean(PositionCookieFilter.class));
			assertThat(registration.isEnabled()).isTrue();
			assertThat(registration.determineDispatcherTypes()).contains(DispatcherType.ASYNC, DispatcherType.ERROR);
		});
	}

	@Test
	void filterIsNotRegisteredWhereNoDatabaseHasReplicas(CapturedOutput output) {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(UnoWebAutoConfiguration.class))
			.withUserConfiguration(Single.class)
			.run((context) -> assertThat(context.getBean(FilterRegistrationBean.class).isEnabled()).isFalse());
		assertThat(output).doesNotContain("uno.web.position-cookie");
	}

	@Test
	void nothingIsThereWithoutRouting() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(UnoWebAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PositionCookieFilter.class));
	}

	@Test
	void nothingIsThereOutsideOfWebApplications() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(UnoWebAutoConfiguration.class))
			.withUserConfiguration(Replicated.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PositionCookieFilter.class));
	}

	@Test
	void nothingIsThereWithoutTheClassesOfSpringWeb() {
		this.runner.withClassLoader(new FilteredClassLoader(OncePerRequestFilter.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PositionCookieFilter.class));
	}

	@Test
	void nothingIsThereWhenDisabled() {
		this.runner.withPropertyValues("uno.web.position-cookie.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(PositionCookieFilter.class)
				.doesNotHaveBean(FilterRegistrationBean.class));
	}

	@Test
	void metricsAreLeftOutWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(PositionCookieFilter.class)
				.doesNotHaveBean(PositionCookieMetrics.class));
	}

	@Test
	void filterOfTheApplicationTakesThePlaceOfOurs() {
		this.runner.withUserConfiguration(OwnFilter.class).run((context) -> {
			assertThat(context).hasSingleBean(PositionCookieFilter.class).hasBean("own");
			assertThat(context.getBean(FilterRegistrationBean.class).getFilter()).isSameAs(context.getBean("own"));
		});
	}

	@Test
	void registrationOfTheApplicationTakesThePlaceOfOurs() {
		this.runner.withUserConfiguration(OwnRegistration.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(FilterRegistrationBean.class)
				.doesNotHaveBean(PositionCookieFilter.class));
	}

	@Test
	void registrationOfTheApplicationsOwnFilterTakesThePlaceOfOurs() {
		this.runner.withUserConfiguration(OwnFilter.class, RegistrationOfOwnFilter.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(FilterRegistrationBean.class));
	}

	@Test
	void registrationOfAnotherFilterLeavesOursInPlace() {
		this.runner.withUserConfiguration(OtherRegistration.class)
			.run((context) -> assertThat(context.getBeansOfType(FilterRegistrationBean.class)).hasSize(2));
	}

	@Test
	void instancesWithoutASecretSayThatOwnWritesHoldForEachOfThem(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("set 'uno.web.position-cookie.secret' to the same on all instances");
	}

	@Test
	void secretIsToldNowhere(CapturedOutput output) {
		this.runner.withPropertyValues(SECRET, "debug=true").run((context) -> {
			assertThat(context.getBean(PositionCookieProperties.class).toString()).doesNotContain("s3cr3t");
			assertThat(output).doesNotContain("s3cr3t", "uno.web.position-cookie.secret");
		});
	}

	@Test
	void shortSecretIsRefusedWithoutBeingTold() {
		this.runner.withPropertyValues("uno.web.position-cookie.secret=s3cr3t")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'uno.web.position-cookie.secret' must have at least 32 characters")
				.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("PositionCookieProperties")
					.extracting(UnoWebAutoConfigurationTests::stackTrace)
					.asString()
					.doesNotContain("s3cr3t")));
	}

	@Test
	void settingsOfTheCookieAreThoseOfTheProperties() {
		this.runner
			.withPropertyValues("uno.web.position-cookie.name=seen", "uno.web.position-cookie.path=/shop",
					"uno.web.position-cookie.max-age=1m", "uno.web.position-cookie.secure=true")
			.run((context) -> assertThat(context.getBean(PositionCookieProperties.class).toCookie())
				.isEqualTo(new PositionCookie("seen", "/shop", Duration.ofMinutes(1), true)));
	}

	@Test
	void nameThatNoCookieCanHaveFailsTheStart() {
		this.runner.withPropertyValues("uno.web.position-cookie.name=a;b")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("Name 'a;b'"));
	}

	@Test
	void refusedCookiesAreCountedByTheirReason() {
		this.runner.withBean(Listener.class).run((context) -> {
			MockHttpServletRequest request = new MockHttpServletRequest();
			request.setCookies(new Cookie("uno-position", "forged"));
			context.getBean(PositionCookieFilter.class)
				.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(PositionCookieMetrics.class).bindTo(registry);
			assertThat(registry.get("uno.position.cookies.refused").tag("reason", "garbage").functionCounter().count())
				.isOne();
			assertThat(registry.get("uno.position.cookies.refused").functionCounters())
				.hasSize(CookieRefusal.values().length);
			assertThat(context.getBean(Listener.class).refusal).isEqualTo(CookieRefusal.GARBAGE);
		});
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private static PositionCookieFilter filter(RoutingTemplate routing, Databases databases) {
		return new PositionCookieFilter(routing, databases, new PositionCookie("own", "/", Duration.ofMinutes(1), null),
				new byte[32], PositionStore.inMemory(Duration.ofMinutes(1)), new Listener());
	}

	private static Databases databases(Node... replicas) {
		return new Databases(
				List.of(new Database("atlas", Node.main("atlas"), List.of(replicas), List.of(), List.of())), "atlas");
	}

	static class Listener implements PositionCookieListener {

		private @Nullable CookieRefusal refusal;

		@Override
		public void refused(CookieRefusal why) {
			this.refusal = why;
		}

		@Override
		public void late() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Replicated {

		@Bean
		Databases databases() {
			return UnoWebAutoConfigurationTests.databases(Node.replica("atlas", "east", 1));
		}

		@Bean
		RoutingTemplate routing(Databases databases) {
			return new RoutingTemplate(new DatabaseClaims(databases));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Single {

		@Bean
		Databases databases() {
			return UnoWebAutoConfigurationTests.databases();
		}

		@Bean
		RoutingTemplate routing(Databases databases) {
			return new RoutingTemplate(new DatabaseClaims(databases));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		PositionCookieFilter own(RoutingTemplate routing, Databases databases) {
			return filter(routing, databases);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistration {

		@Bean
		FilterRegistrationBean<PositionCookieFilter> ownRegistration(RoutingTemplate routing, Databases databases) {
			return new FilterRegistrationBean<>(filter(routing, databases));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegistrationOfOwnFilter {

		@Bean
		FilterRegistrationBean<PositionCookieFilter> ownRegistration(PositionCookieFilter own) {
			return new FilterRegistrationBean<>(own);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherRegistration {

		@Bean
		FilterRegistrationBean<Filter> otherRegistration() {
			return new FilterRegistrationBean<>(new CharacterEncodingFilter());
		}

	}

}
