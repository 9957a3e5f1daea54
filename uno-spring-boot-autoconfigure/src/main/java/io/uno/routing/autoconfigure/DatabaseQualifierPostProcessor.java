package io.uno.routing.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.uno.datasource.Node;
import io.uno.datasource.autoconfigure.DatabaseDeclarations;
import io.uno.datasource.autoconfigure.DatabaseDeclarations.DatabaseDeclaration;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.transaction.TransactionManager;

/**
 * Gives the beans of a database, which are called {@code <database>.<something>}, the
 * database's name as their qualifier, which a {@link BeanRegistrar} has no word for. An
 * application's own bean that the name already leads to keeps it, except where
 * transactions would go past the database unnoticed.
 */
class DatabaseQualifierPostProcessor implements BeanDefinitionRegistryPostProcessor, Ordered {

	private final Environment environment;

	DatabaseQualifierPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
	}

	/**
	 * Every definition is known by now.
	 */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (DatabaseDeclaration database : DatabaseDeclarations.from(this.environment).getDatabases()) {
			Set<String> names = names(beanFactory, database);
			names.forEach((name) -> open(beanFactory, database.name(), name, names));
		}
	}

	private static Set<String> names(ConfigurableListableBeanFactory beanFactory, DatabaseDeclaration database) {
		Set<String> names = new LinkedHashSet<>();
		for (String name : beanFactory.getBeanDefinitionNames()) {
			if (name.startsWith(database.name() + ".") && !isNode(name, database)
					&& isClosed(beanFactory.getBeanDefinition(name))) {
				names.add(name);
			}
		}
		return names;
	}

	private static boolean isNode(String name, DatabaseDeclaration database) {
		return name.equals(Node.main(database.name()).id()) || database.replicas()
			.stream()
			.anyMatch((replica) -> name.equals(database.name() + "." + replica.name()));
	}

	private static boolean isClosed(BeanDefinition definition) {
		return definition instanceof AbstractBeanDefinition && !definition.isAutowireCandidate()
				&& definition.getSource() instanceof Class<?> source && BeanRegistrar.class.isAssignableFrom(source);
	}

	private static void open(ConfigurableListableBeanFactory beanFactory, String database, String name,
			Set<String> own) {
		AbstractBeanDefinition definition = (AbstractBeanDefinition) beanFactory.getBeanDefinition(name);
		List<String> others = others(beanFactory, database, typeOf(definition), own);
		if (others.isEmpty()) {
			definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, database));
			// Spring can't process a registrar's bean with a qualifier ahead of time;
			// registrar and qualifier come again when the application starts
			definition.setSource(DatabaseQualifierPostProcessor.class);
		}
		definition.setAutowireCandidate(true);
		definition.setDefaultCandidate(false);
	}

	private static Class<?> typeOf(AbstractBeanDefinition definition) {
		Class<?> type = definition.getBeanClass();
		return TransactionManager.class.isAssignableFrom(type) ? TransactionManager.class : type;
	}

	private static List<String> others(ConfigurableListableBeanFactory beanFactory, String database, Class<?> type,
			Set<String> own) {
		List<String> others = Arrays.stream(beanFactory.getBeanNamesForType(type, true, false))
			.filter((name) -> !own.contains(name))
			.filter((name) -> BeanFactoryAnnotationUtils.isQualifierMatch(database::equals, name, beanFactory))
			.toList();
		if (type == TransactionManager.class && !others.isEmpty()) {
			throw new ConflictingTransactionManagerException(database, others.get(0));
		}
		return others;
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
