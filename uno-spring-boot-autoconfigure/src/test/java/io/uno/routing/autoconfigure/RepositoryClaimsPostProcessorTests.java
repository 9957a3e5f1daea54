package io.uno.routing.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.uno.routing.autoconfigure.atlas.Place;
import io.uno.routing.autoconfigure.atlas.PlaceRepository;
import org.junit.jupiter.api.Test;

import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.data.repository.core.support.RepositoryFactoryCustomizer;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RepositoryClaimsPostProcessor}.
 */
class RepositoryClaimsPostProcessorTests {

	private final RepositoryClaimsPostProcessor processor = new RepositoryClaimsPostProcessor(() -> {
		throw new IllegalStateException("annotations");
	});

	private final List<RepositoryFactoryCustomizer> customizers = new ArrayList<>();

	@Test
	void repositoriesOfJpaWorkOnTheDatabaseOfTheirPackage() {
		this.processor.postProcessBeforeInitialization(new JpaRepositories(this.customizers), "places");
		assertThat(this.customizers).hasSize(1);
	}

	@Test
	void repositoriesOfOtherStoresAreLeftAlone() {
		this.processor.postProcessBeforeInitialization(new OtherRepositories(this.customizers), "places");
		assertThat(this.customizers).isEmpty();
	}

	/**
	 * Makes repositories of JPA, in a way of the application's own.
	 */
	private static final class JpaRepositories extends JpaRepositoryFactoryBean<PlaceRepository, Place, Long> {

		private final List<RepositoryFactoryCustomizer> customizers;

		JpaRepositories(List<RepositoryFactoryCustomizer> customizers) {
			super(PlaceRepository.class);
			this.customizers = customizers;
		}

		@Override
		public void addRepositoryFactoryCustomizer(RepositoryFactoryCustomizer customizer) {
			this.customizers.add(customizer);
		}

	}

	/**
	 * Stands for the repositories of Redis, MongoDB and the like.
	 */
	private static final class OtherRepositories
			extends RepositoryFactoryBeanSupport<Repository<Object, Long>, Object, Long> {

		private final List<RepositoryFactoryCustomizer> customizers;

		@SuppressWarnings("unchecked")
		OtherRepositories(List<RepositoryFactoryCustomizer> customizers) {
			super((Class<? extends Repository<Object, Long>>) (Class<?>) PlaceRepository.class);
			this.customizers = customizers;
		}

		@Override
		public void addRepositoryFactoryCustomizer(RepositoryFactoryCustomizer customizer) {
			this.customizers.add(customizer);
		}

		@Override
		protected RepositoryFactorySupport createRepositoryFactory() {
			throw new UnsupportedOperationException("createRepositoryFactory");
		}

	}

}
