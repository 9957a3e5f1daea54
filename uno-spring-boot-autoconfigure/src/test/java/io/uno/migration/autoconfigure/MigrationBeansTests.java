package io.uno.migration.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of the application's beans apply to which database, and in which order.
 */
class MigrationBeansTests {

	private final ApplicationContextRunner runner = TwoDatabases.runner();

	@Test
	void customizersApplyByTheirQualifierAndInTheirOrder() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy())
				.isEqualTo("ordered, method, class, everywhere");
			assertThat(flyway(context, "journal").getConfiguration().getInstalledBy())
				.isEqualTo("journal, ordered, method, class, hidden, everywhere");
		});
	}

	@Test
	void callbacksApplyByTheirQualifierAndInTheirOrder() {
		this.runner.withUserConfiguration(Callbacks.class).run((context) -> {
			assertThat(callbacks(context, "atlas")).containsExactly("first", "everywhere");
			assertThat(callbacks(context, "journal")).containsExactly("first", "journal", "everywhere");
		});
	}

	@Test
	void javaMigrationsApplyByTheirQualifier() {
		this.runner.withUserConfiguration(JavaMigrations.class).run((context) -> {
			assertThat(migrations(context, "atlas")).containsExactly("1");
			assertThat(migrations(context, "journal")).containsExactlyInAnyOrder("1", "2");
			assertThat(flyway(context, "atlas").info().applied()).hasSize(1);
			assertThat(flyway(context, "journal").info().applied()).hasSize(2);
		});
	}

	@Test
	void qualifierOfTheMethodIsNearerThanThatOfTheClass() {
		this.runner.withUserConfiguration(TwiceQualified.class).run((context) -> {
			assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy()).isEqualTo("class");
			assertThat(flyway(context, "journal").getConfiguration().getInstalledBy()).isNull();
		});
	}

	@Test
	void qualifierOfTheDefinitionIsNearerThanThatOfTheClass() {
		this.runner.withInitializer((context) -> {
			RootBeanDefinition definition = new RootBeanDefinition(JournalCustomizer.class);
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, "atlas"));
			((GenericApplicationContext) context).registerBeanDefinition("customizer", definition);
		}).run((context) -> {
			assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy()).isEqualTo("class");
			assertThat(flyway(context, "journal").getConfiguration().getInstalledBy()).isNull();
		});
	}

	@Test
	void qualifierOfTheClassCounts() {
		this.runner.withBean(JournalCustomizer.class).run((context) -> {
			assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy()).isNull();
			assertThat(flyway(context, "journal").getConfiguration().getInstalledBy()).isEqualTo("class");
		});
	}

	@Test
	void nameOfABeanIsNoQualifier() {
		this.runner.withBean("journal", FlywayConfigurationCustomizer.class, () -> adding("named"))
			.run((context) -> assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy())
				.isEqualTo("named"));
	}

	@Test
	void beanMayHaveTheNameOfOneOfSpringBoots() {
		this.runner.withBean("flyway", FlywayConfigurationCustomizer.class, () -> adding("named"))
			.run((context) -> assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy())
				.isEqualTo("named"));
	}

	@Test
	void unknownQualifierFailsWithTheKnownDatabases() {
		this.runner.withUserConfiguration(Misspelt.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = Objects.requireNonNull(
					new MigrationSetupFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
			assertThat(analysis.getDescription())
				.isEqualTo("The FlywayConfigurationCustomizer bean 'misspelt' has the qualifier 'jurnal', and there is "
						+ "no database of that name. Known: atlas, journal.");
			assertThat(analysis.getAction())
				.isEqualTo("Correct the qualifier, or remove it for a bean that applies to every database. "
						+ "Databases are declared under uno.databases.");
		});
	}

	@Test
	void unqualifiedStrategyMigratesEachDatabaseOnce() {
		RecordingStrategy strategy = new RecordingStrategy();
		this.runner.withBean(FlywayMigrationStrategy.class, () -> strategy)
			.run((context) -> assertThat(strategy.migrated).containsExactlyInAnyOrder(flyway(context, "atlas"),
					flyway(context, "journal")));
	}

	@Test
	void qualifiedStrategyPrevailsForItsDatabase() {
		this.runner.withUserConfiguration(Strategies.class).run((context) -> {
			assertThat(context.getBean("everywhere", RecordingStrategy.class).migrated)
				.containsExactly(flyway(context, "atlas"));
			assertThat(context.getBean("journalStrategy", RecordingStrategy.class).migrated)
				.containsExactly(flyway(context, "journal"));
		});
	}

	@Test
	void primaryStrategyIsChosen() {
		this.runner.withUserConfiguration(PrimaryStrategy.class)
			.run((context) -> assertThat(context.getBean("chosen", RecordingStrategy.class).migrated).hasSize(2));
	}

	@Test
	void severalStrategiesForOneDatabaseFail() {
		this.runner.withBean("one", FlywayMigrationStrategy.class, RecordingStrategy::new)
			.withBean("two", FlywayMigrationStrategy.class, RecordingStrategy::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class));
	}

	@Test
	void beansKeepTheLifeCycleOfTheApplication() {
		LifeCycle bean = new LifeCycle();
		this.runner.withBean(LifeCycle.class, () -> bean).run((context) -> {
			assertThat(flyway(context, "atlas").getConfiguration().getInstalledBy()).isEqualTo("alive");
			assertThat(bean.events).containsExactly("initialized", "refreshed " + context.getId());
		});
		assertThat(bean.events).last().isEqualTo("destroyed");
		assertThat(bean.events).hasSize(3);
	}

	private static Flyway flyway(AssertableApplicationContext context, String database) {
		return context.getBean(database + ".flyway", Flyway.class);
	}

	private static List<String> callbacks(AssertableApplicationContext context, String database) {
		return Arrays.stream(flyway(context, database).getConfiguration().getCallbacks())
			.map(Callback::getCallbackName)
			.toList();
	}

	private static List<String> migrations(AssertableApplicationContext context, String database) {
		return Arrays.stream(flyway(context, database).getConfiguration().getJavaMigrations())
			.map(JavaMigration::getVersion)
			.map(MigrationVersion::getVersion)
			.toList();
	}

	private static FlywayConfigurationCustomizer adding(String name) {
		return (configuration) -> configuration.installedBy(added(configuration, name));
	}

	private static String added(FluentConfiguration configuration, String name) {
		String before = configuration.getInstalledBy();
		return (before != null) ? before + ", " + name : name;
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		FlywayConfigurationCustomizer everywhere() {
			return adding("everywhere");
		}

		@Bean(defaultCandidate = false)
		@Order(4)
		@Qualifier("journal")
		FlywayConfigurationCustomizer hidden() {
			return adding("hidden");
		}

		@Bean(defaultCandidate = false)
		FlywayConfigurationCustomizer forSomethingElse() {
			return adding("never");
		}

		@Bean(autowireCandidate = false)
		FlywayConfigurationCustomizer notForAnything() {
			return adding("never");
		}

		@Bean
		OrderedByClass byClass() {
			return new OrderedByClass();
		}

		@Bean
		@Order(2)
		FlywayConfigurationCustomizer byMethod() {
			return adding("method");
		}

		@Bean
		FlywayConfigurationCustomizer byInterface() {
			return new OrderedByInterface();
		}

		@Bean
		@Order(0)
		@Qualifier("journal")
		FlywayConfigurationCustomizer journalOnly() {
			return adding("journal");
		}

	}

	@Order(3)
	static class OrderedByClass implements FlywayConfigurationCustomizer {

		@Override
		public void customize(FluentConfiguration configuration) {
			configuration.installedBy(added(configuration, "class"));
		}

	}

	static class OrderedByInterface implements FlywayConfigurationCustomizer, Ordered {

		@Override
		public void customize(FluentConfiguration configuration) {
			configuration.installedBy(added(configuration, "ordered"));
		}

		@Override
		public int getOrder() {
			return 1;
		}

	}

	@Qualifier("journal")
	static class JournalCustomizer implements FlywayConfigurationCustomizer {

		@Override
		public void customize(FluentConfiguration configuration) {
			configuration.installedBy("class");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwiceQualified {

		@Bean
		@Qualifier("atlas")
		JournalCustomizer customizer() {
			return new JournalCustomizer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Misspelt {

		@Bean
		@Qualifier("jurnal")
		FlywayConfigurationCustomizer misspelt() {
			return adding("never");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Callbacks {

		@Bean
		Callback everywhere() {
			return new NamedCallback("everywhere");
		}

		@Bean
		@Order(2)
		@Qualifier("journal")
		Callback journalOnly() {
			return new NamedCallback("journal");
		}

		@Bean
		@Order(1)
		Callback first() {
			return new NamedCallback("first");
		}

	}

	record NamedCallback(String name) implements Callback {

		@Override
		public boolean supports(Event event, Context context) {
			return false;
		}

		@Override
		public boolean canHandleInTransaction(Event event, Context context) {
			return true;
		}

		@Override
		public void handle(Event event, Context context) {
		}

		@Override
		public String getCallbackName() {
			return this.name;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JavaMigrations {

		@Bean
		JavaMigration everywhere() {
			return new V1__Everywhere();
		}

		@Bean
		@Qualifier("journal")
		JavaMigration journalOnly() {
			return new V2__JournalOnly();
		}

	}

	static class V1__Everywhere extends BaseJavaMigration {

		@Override
		public void migrate(org.flywaydb.core.api.migration.Context context) {
		}

	}

	static class V2__JournalOnly extends BaseJavaMigration {

		@Override
		public void migrate(org.flywaydb.core.api.migration.Context context) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Strategies {

		@Bean
		RecordingStrategy everywhere() {
			return new RecordingStrategy();
		}

		@Bean
		@Qualifier("journal")
		RecordingStrategy journalStrategy() {
			return new RecordingStrategy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryStrategy {

		@Bean
		RecordingStrategy other() {
			return new RecordingStrategy();
		}

		@Bean
		@Primary
		RecordingStrategy chosen() {
			return new RecordingStrategy();
		}

	}

	static class RecordingStrategy implements FlywayMigrationStrategy {

		private final List<Flyway> migrated = new ArrayList<>();

		@Override
		public void migrate(Flyway flyway) {
			this.migrated.add(flyway);
		}

	}

	static class LifeCycle implements FlywayConfigurationCustomizer, InitializingBean, DisposableBean,
			ApplicationListener<ContextRefreshedEvent> {

		private final List<String> events = new ArrayList<>();

		@Override
		public void customize(FluentConfiguration configuration) {
			configuration.installedBy("alive");
		}

		@Override
		public void afterPropertiesSet() {
			this.events.add("initialized");
		}

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			this.events.add("refreshed " + event.getApplicationContext().getId());
		}

		@Override
		public void destroy() {
			this.events.add("destroyed");
		}

	}

}
