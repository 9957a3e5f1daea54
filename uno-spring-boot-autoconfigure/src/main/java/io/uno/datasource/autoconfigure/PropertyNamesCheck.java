package io.uno.datasource.autoconfigure;

import java.beans.PropertyDescriptor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.uno.datasource.autoconfigure.DeclaredProperties.DeclaredProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Refuses misspelt properties, which Boot's binding would pass over in silence, also
 * those of environment variables. A property is known when the binding asks for it.
 */
final class PropertyNamesCheck {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("uno");

	/**
	 * The class that each feature binds its properties to, by the prefix. By its name, as
	 * this package may not use those of other features.
	 */
	static final Map<String, String> FEATURES = Map.of("uno.async", "io.uno.session.autoconfigure.AsyncProperties",
			"uno.context", "io.uno.routing.autoconfigure.ContextProperties", "uno.embedded",
			"io.uno.embedded.autoconfigure.EmbeddedProperties", "uno.migration",
			"io.uno.migration.autoconfigure.MigrationProperties", "uno.reads", ReadsProperties.class.getName(),
			"uno.web", "io.uno.web.autoconfigure.WebProperties", "uno.web.position-cookie",
			"io.uno.web.autoconfigure.PositionCookieProperties");

	/**
	 * The environment is shared with everything else on a machine, such as what
	 * Kubernetes sets for a service called {@code uno}: a variable whose first word is
	 * further than this from every property is not ours.
	 */
	private static final int MISSPELT_VARIABLE = 2;

	private static final Set<String> HIKARI = Arrays.stream(BeanUtils.getPropertyDescriptors(HikariDataSource.class))
		.filter((property) -> property.getWriteMethod() != null && isText(property))
		.map(PropertyDescriptor::getName)
		.map(DataObjectPropertyName::toDashedForm)
		.collect(Collectors.toCollection(TreeSet::new));

	private final Environment environment;

	private final Set<ConfigurationPropertyName> known = new LinkedHashSet<>();

	private final Set<ConfigurationPropertyName> values = new LinkedHashSet<>();

	private final Set<ConfigurationPropertyName> pools = new LinkedHashSet<>();

	PropertyNamesCheck(Environment environment) {
		this.environment = environment;
	}

	private static boolean isText(PropertyDescriptor property) {
		Class<?> type = property.getPropertyType();
		return BeanUtils.isSimpleValueType(type) || type == Properties.class;
	}

	void check() {
		Binder binder = Binder.get(this.environment);
		binder.bind(ROOT, Bindable.of(DatabasesProperties.class), new KnownNames(false));
		FEATURES.forEach((prefix, type) -> binder.bind(ConfigurationPropertyName.of(prefix),
				Bindable.of(ClassUtils.resolveClassName(type, getClass().getClassLoader())), new KnownNames(false)));
		this.pools.forEach((pool) -> binder.bind(pool, Bindable.ofInstance(new HikariConfig()), new KnownNames(true)));
		Set<String> names = this.known.stream().map(PropertyNamesCheck::uniform).collect(Collectors.toSet());
		Set<String> variables = variables(names);
		new DeclaredProperties(this.environment).below(ROOT.toString())
			.filter(this::isOurs)
			.filter((property) -> !(property.environmentVariable() ? variables : names)
				.contains(uniform(property.name())))
			.findFirst()
			.ifPresent((property) -> {
				throw unknown(property);
			});
	}

	private boolean isOurs(DeclaredProperty property) {
		String first = property.name().getElement(1, Form.UNIFORM);
		return !property.environmentVariable() || !isFarFromAll(first);
	}

	private boolean isFarFromAll(String word) {
		return namesBelow(ROOT).stream()
			.map((name) -> name.replace("-", ""))
			.noneMatch((name) -> name.startsWith(word) || NearestNames.distance(word, name) <= MISSPELT_VARIABLE);
	}

	/**
	 * A list may be longer in a source that another one overrides; its indexes tell
	 * nothing.
	 */
	private static String uniform(ConfigurationPropertyName name) {
		ConfigurationPropertyName plain = name.isLastElementIndexed()
				&& name.isNumericIndex(name.getNumberOfElements() - 1) ? name.getParent() : name;
		return elements(plain, Form.UNIFORM);
	}

	private static String elements(ConfigurationPropertyName name, Form form) {
		return Stream.iterate(0, (index) -> index + 1)
			.limit(name.getNumberOfElements())
			.map((index) -> name.getElement(index, form))
			.collect(Collectors.joining("."));
	}

	/**
	 * The name of an environment variable may have an underscore for a dash, and reads as
	 * if it were a full stop.
	 */
	private Set<String> variables(Set<String> names) {
		Set<String> variables = new HashSet<>(names);
		this.known.stream()
			.map((name) -> elements(name, Form.ORIGINAL).replace('-', '.').toLowerCase(Locale.ROOT))
			.forEach(variables::add);
		return variables;
	}

	private InvalidDatabasesException unknown(DeclaredProperty property) {
		ConfigurationPropertyName parent = property.name().getParent();
		while (!this.known.contains(parent) || this.values.contains(parent)) {
			parent = parent.getParent();
		}
		return new InvalidDatabasesException(property.toString(), property.origin(), "is not known",
				"Use one of those that are known in its place, the nearest first: %s.".formatted(
						String.join(", ", NearestNames.sort(nameBelow(parent, property.name()), namesBelow(parent)))));
	}

	private static String nameBelow(ConfigurationPropertyName parent, ConfigurationPropertyName name) {
		return name.getElement(parent.getNumberOfElements(), Form.UNIFORM);
	}

	private Set<String> namesBelow(ConfigurationPropertyName parent) {
		if (this.pools.contains(parent)) {
			return HIKARI;
		}
		return this.known.stream()
			.filter(parent::isParentOf)
			.map((name) -> name.getLastElement(Form.DASHED))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Collects what a binding asks for. The settings of pools are left to a binding of
	 * their own, as theirs is a map of anything otherwise.
	 */
	private final class KnownNames implements BindHandler {

		private final boolean pool;

		KnownNames(boolean pool) {
			this.pool = pool;
		}

		@Override
		public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
				BindContext context) {
			if (PropertyNamesCheck.this.values.contains(name.getParent()) || isNoSetting(name)) {
				return null;
			}
			PropertyNamesCheck.this.known.add(name);
			if (isValue(target.getType().resolve(Object.class))) {
				PropertyNamesCheck.this.values.add(name);
			}
			if (this.pool || !isPool(name, target)) {
				return target;
			}
			PropertyNamesCheck.this.pools.add(name);
			PropertyNamesCheck.this.known.add(name.append("login-timeout"));
			return null;
		}

		private static boolean isValue(Class<?> type) {
			return BeanUtils.isSimpleValueType(type) || TemporalAmount.class.isAssignableFrom(type);
		}

		private boolean isNoSetting(ConfigurationPropertyName name) {
			return this.pool && PropertyNamesCheck.this.pools.contains(name.getParent())
					&& !HIKARI.contains(name.getLastElement(Form.DASHED));
		}

		private static boolean isPool(ConfigurationPropertyName name, Bindable<?> target) {
			return name.getLastElement(Form.UNIFORM).equals("hikari")
					&& target.getType().asMap().resolveGeneric(1) == String.class;
		}

	}

}
