package io.uno.crud.autoconfigure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.uno.crud.UnoDb;
import io.uno.crud.UnoDbFactory;
import io.uno.crud.autoconfigure.garden.Plant;
import io.uno.crud.autoconfigure.garden.Stone;
import io.uno.error.UnknownEntityException;
import io.uno.session.autoconfigure.UnoSessionAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

class UnoCrudAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, UnoSessionAutoConfiguration.class, UnoCrudAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:h2:mem:crud", "spring.jpa.hibernate.ddl-auto=create-drop")
		.withUserConfiguration(Entities.class);

	@Test
	void injectsWhatWorksOnTheEntityOfTheType() {
		this.runner.withUserConfiguration(ByConstructor.class).run((context) -> {
			ByConstructor bean = context.getBean(ByConstructor.class);
			bean.stones.create(new Stone(1L, "granite"));
			assertThat(bean.stones.get(1).getName()).isEqualTo("granite");
			assertThat(bean.plants.exists("name", "granite")).isFalse();
			assertThat(bean.stones).hasToString("UnoDb[Stone]");
			assertThat(bean.plants).hasToString("UnoDb[Plant]");
		});
	}

	@Test
	void injectsIntoEveryPlace() {
		this.runner.withUserConfiguration(Everywhere.class).run((context) -> {
			Everywhere bean = context.getBean(Everywhere.class);
			assertThat(bean.field).hasToString("UnoDb[Stone]");
			assertThat(bean.lazy).hasToString("UnoDb[Plant]");
			assertThat(bean.method).hasToString("UnoDb[Plant]");
			assertThat(bean.provider.getObject()).hasToString("UnoDb[Plant]");
			assertThat(bean.optional).get().hasToString("UnoDb[Stone]");
			assertThat(context.getBean("ofABeanMethod")).isEqualTo("UnoDb[Stone]");
		});
	}

	@Test
	void injectsIntoAGenericSuperclass() {
		this.runner.withUserConfiguration(StoneService.class).run((context) -> {
			assertThat(context.getBean(StoneService.class).ofConstructor).hasToString("UnoDb[Stone]");
			assertThat(context.getBean(StoneService.class).ofField).hasToString("UnoDb[Stone]");
		});
	}

	@Test
	void providesTheFactory() {
		this.runner.run((context) -> assertThat(context.getBean(UnoDbFactory.class).of(Plant.class))
			.hasToString("UnoDb[Plant]"));
	}

	@Test
	void prefersABeanOfTheApplication() {
		this.runner.withUserConfiguration(OwnPlants.class, ByConstructor.class).run((context) -> {
			ByConstructor bean = context.getBean(ByConstructor.class);
			assertThat(bean.plants).isSameAs(context.getBean("plants"));
			assertThat(bean.stones).hasToString("UnoDb[Stone]");
		});
	}

	@Test
	void backsOffForAFactoryOfTheApplication() {
		this.runner.withUserConfiguration(OwnFactory.class)
			.run((context) -> assertThat(context).hasSingleBean(UnoDbFactory.class).hasBean("ownFactory"));
	}

	@Test
	void backsOffWithoutHibernateOrSpringData() {
		for (String absent : List.of("org.hibernate", "org.springframework.data")) {
			this.runner.withClassLoader(new FilteredClassLoader(absent))
				.run((context) -> assertThat(context).doesNotHaveBean(UnoDbFactory.class).doesNotHaveBean(UnoDb.class));
		}
	}

	@Test
	void classThatIsNoEntityFailsTheStartWithTheEntities() {
		this.runner.withUserConfiguration(OfNoEntity.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = analysisOf(new UnknownEntityFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription()).isEqualTo("java.lang.String is not an entity; the entities are %s, %s"
				.formatted(Plant.class.getName(), Stone.class.getName()));
			assertThat(analysis.getAction()).isEqualTo(
					"Name one of the entities, or make java.lang.String one: annotate it with @Entity, in a package that is scanned (below the application's, or named by @EntityScan).");
			assertThat(analysis.getCause()).isInstanceOf(UnknownEntityException.class);
		});
	}

	@Test
	void typeWithoutAnEntityFailsTheStart() {
		this.runner.withUserConfiguration(OfAnything.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = analysisOf(new UnnamedEntityFailureAnalyzer(), context.getStartupFailure());
			assertThat(analysis.getDescription())
				.isEqualTo("The UnoDb at constructor parameter 0 of %s does not say for which entity"
					.formatted(OfAnything.class.getName()));
			assertThat(analysis.getAction()).isEqualTo(
					"Name the entity in the type, such as UnoDb<City>, or inject UnoDbFactory and call of(City.class).");
		});
	}

	private static FailureAnalysis analysisOf(FailureAnalyzer analyzer, @Nullable Throwable failure) {
		return Objects.requireNonNull(analyzer.analyze(Objects.requireNonNull(failure)));
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Stone.class)
	static class Entities {

	}

	static class ByConstructor {

		final UnoDb<Stone> stones;

		final UnoDb<Plant> plants;

		ByConstructor(UnoDb<Stone> stones, UnoDb<Plant> plants) {
			this.stones = stones;
			this.plants = plants;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Everywhere {

		@Autowired
		UnoDb<Stone> field;

		@Autowired
		@Lazy
		UnoDb<Plant> lazy;

		@Autowired
		ObjectProvider<UnoDb<Plant>> provider;

		@Autowired
		Optional<UnoDb<Stone>> optional;

		@Nullable UnoDb<Plant> method;

		@Autowired
		void setMethod(UnoDb<Plant> method) {
			this.method = method;
		}

		@Bean
		String ofABeanMethod(UnoDb<Stone> stones) {
			return stones.toString();
		}

	}

	abstract static class Service<T> {

		final UnoDb<T> ofConstructor;

		@Autowired
		UnoDb<T> ofField;

		Service(UnoDb<T> ofConstructor) {
			this.ofConstructor = ofConstructor;
		}

	}

	static class StoneService extends Service<Stone> {

		StoneService(UnoDb<Stone> stones) {
			super(stones);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPlants {

		@Bean
		UnoDb<Plant> plants(UnoDbFactory factory) {
			return factory.of(Plant.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		UnoDbFactory ownFactory() {
			return new UnoDbFactory() {

				@Override
				public <T> UnoDb<T> of(Class<T> type) {
					throw new UnsupportedOperationException();
				}

			};
		}

	}

	static class OfNoEntity {

		OfNoEntity(UnoDb<String> strings) {
		}

	}

	static class OfAnything {

		OfAnything(UnoDb<?> anything) {
		}

	}

}
