package io.uno.migration.autoconfigure;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Tells which of the application's beans apply to a database: those without a qualifier,
 * and those whose qualifier is the name of the database.
 */
final class ApplicableBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Set<String> databases;

	private final @Nullable String defaultDatabase;

	ApplicableBeans(ConfigurableListableBeanFactory beanFactory, DatabaseDeclarations declarations) {
		this.beanFactory = beanFactory;
		this.databases = declarations.getDatabases()
			.stream()
			.map(DatabaseDeclaration::name)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		this.defaultDatabase = declarations.getDefaultDatabase();
	}

	/**
	 * Names of the beans that apply to the database, in the order of their registration.
	 */
	List<String> of(Class<?> type, String database) {
		return names(candidates(type), (candidate) -> candidate.isUnqualified() || candidate.isQualifiedWith(database));
	}

	/**
	 * Names of the beans where only one can apply: those that are qualified with the
	 * database, or else those without a qualifier.
	 */
	List<String> mostSpecificOf(Class<?> type, String database) {
		List<Candidate> candidates = candidates(type);
		List<String> qualified = names(candidates, (candidate) -> candidate.isQualifiedWith(database));
		return qualified.isEmpty() ? names(candidates, Candidate::isUnqualified) : qualified;
	}

	/**
	 * Names of the beans where each belongs to a single database: the default one when
	 * they have no qualifier.
	 */
	List<String> ownedBy(Class<?> type, String database) {
		return names(candidates(type), (candidate) -> isOwner(database, candidate));
	}

	/**
	 * Names of the data sources that migrations of the database are meant to use.
	 */
	List<String> flywayDataSourcesOf(String database) {
		List<Candidate> candidates = candidates(DataSource.class,
				(name) -> this.beanFactory.findAnnotationOnBean(name, FlywayDataSource.class) != null);
		return names(candidates, (candidate) -> candidate.isQualifiedWith(database)
				|| (candidate.qualifier() == null && database.equals(this.defaultDatabase)));
	}

	private boolean isOwner(String database, Candidate candidate) {
		return candidate.isQualifiedWith(database)
				|| (candidate.isUnqualified() && database.equals(this.defaultDatabase));
	}

	private static List<String> names(List<Candidate> candidates, Predicate<Candidate> filter) {
		return candidates.stream().filter(filter).map(Candidate::name).toList();
	}

	/**
	 * Lends beans to another bean factory, with what decides on their order and
	 * precedence. They are registered as they are, so that nothing initializes or
	 * destroys them twice.
	 */
	void lend(Collection<String> names, DefaultListableBeanFactory borrower) {
		names.forEach((name) -> lend(name, borrower, (definition) -> {
		}));
	}

	void lend(String name, DefaultListableBeanFactory borrower, Consumer<RootBeanDefinition> customizer) {
		// Must not take the place of a bean of the borrower
		String lentName = "application." + name;
		Object bean = this.beanFactory.getBean(name);
		RootBeanDefinition definition = new RootBeanDefinition(bean.getClass());
		RootBeanDefinition original = definition(name);
		if (original != null) {
			definition.setPrimary(original.isPrimary());
			definition.setFallback(original.isFallback());
			definition.setTargetType(original.getTargetType());
			definition.setAttribute(AbstractBeanDefinition.ORDER_ATTRIBUTE, order(original));
		}
		customizer.accept(definition);
		borrower.registerBeanDefinition(lentName, definition);
		borrower.registerSingleton(lentName, bean);
	}

	private static @Nullable Object order(RootBeanDefinition definition) {
		Object order = definition.getAttribute(AbstractBeanDefinition.ORDER_ATTRIBUTE);
		Method factoryMethod = definition.getResolvedFactoryMethod();
		return (order == null && factoryMethod != null) ? OrderUtils.getOrder(factoryMethod) : order;
	}

	private List<Candidate> candidates(Class<?> type) {
		return candidates(type, (name) -> true);
	}

	private List<Candidate> candidates(Class<?> type, Predicate<String> filter) {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name))
			.filter(filter)
			.map((name) -> candidate(name, type))
			.filter(Candidate::isAutowireCandidate)
			.toList();
	}

	private Candidate candidate(String name, Class<?> type) {
		// Also makes the bean factory resolve the factory method
		Class<?> beanType = this.beanFactory.getType(name);
		RootBeanDefinition definition = definition(name);
		String qualifier = (definition != null) ? qualifier(definition) : null;
		if (qualifier == null && beanType != null) {
			qualifier = BeanFactoryAnnotationUtils.getQualifierValue(ClassUtils.getUserClass(beanType));
		}
		if (!StringUtils.hasText(qualifier)) {
			return new Candidate(name, null, definition);
		}
		if (!this.databases.contains(qualifier)) {
			throw new UnknownMigrationDatabaseException(name, type, qualifier, this.databases);
		}
		return new Candidate(name, qualifier, definition);
	}

	/**
	 * The nearest qualifier, in the order in which Spring looks for it.
	 */
	private @Nullable String qualifier(RootBeanDefinition definition) {
		AutowireCandidateQualifier explicit = definition.getQualifier(Qualifier.class.getName());
		if (explicit != null && explicit.getAttribute(AutowireCandidateQualifier.VALUE_KEY) instanceof String value) {
			return value;
		}
		if (definition.getQualifiedElement() != null) {
			String value = BeanFactoryAnnotationUtils.getQualifierValue(definition.getQualifiedElement());
			if (value != null) {
				return value;
			}
		}
		Method factoryMethod = definition.getResolvedFactoryMethod();
		return (factoryMethod != null) ? BeanFactoryAnnotationUtils.getQualifierValue(factoryMethod) : null;
	}

	private @Nullable RootBeanDefinition definition(String name) {
		try {
			return (RootBeanDefinition) this.beanFactory.getMergedBeanDefinition(name);
		}
		catch (NoSuchBeanDefinitionException ex) {
			// A singleton registered by hand
			return null;
		}
	}

	private record Candidate(String name, @Nullable String qualifier, @Nullable RootBeanDefinition definition) {

		boolean isAutowireCandidate() {
			return this.definition == null || this.definition.isAutowireCandidate();
		}

		boolean isUnqualified() {
			return this.qualifier == null && (this.definition == null || this.definition.isDefaultCandidate());
		}

		boolean isQualifiedWith(String database) {
			return database.equals(this.qualifier);
		}

	}

}
