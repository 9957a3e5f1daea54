package io.uno.architecture;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The entries of a {@code META-INF/spring.factories}.
 *
 * @param entries the names of the implementations by the name of their interface
 */
record SpringFactories(SortedMap<String, List<String>> entries) {

	static SpringFactories read(Path file) throws IOException {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		SortedMap<String, List<String>> entries = new TreeMap<>();
		properties.stringPropertyNames()
			.forEach((key) -> entries.put(key,
					List.of(StringUtils.commaDelimitedListToStringArray(properties.getProperty(key)))));
		return new SpringFactories(entries);
	}

	/**
	 * Entries that name no class, or one that does not implement its interface.
	 * @return one line for each problem
	 */
	List<String> problems() {
		List<String> problems = new ArrayList<>();
		this.entries.forEach((key, values) -> values.forEach((value) -> {
			if (!implementsFactory(value.strip(), key)) {
				problems.add("%s is not a class that implements %s".formatted(value.strip(), key));
			}
		}));
		return problems;
	}

	/**
	 * Implementations that are not registered.
	 * @param factory the name of the interface
	 * @param implementations the names of its implementations
	 * @return one line for each of them
	 */
	List<String> missing(String factory, Collection<String> implementations) {
		List<String> listed = this.entries.getOrDefault(factory, List.of()).stream().map(String::strip).toList();
		return implementations.stream()
			.filter((implementation) -> !listed.contains(implementation))
			.sorted()
			.map((implementation) -> "%s is not registered as %s".formatted(implementation, factory))
			.toList();
	}

	private static boolean implementsFactory(String implementation, String factory) {
		ClassLoader loader = SpringFactories.class.getClassLoader();
		if (!ClassUtils.isPresent(implementation, loader) || !ClassUtils.isPresent(factory, loader)) {
			return false;
		}
		return ClassUtils.resolveClassName(factory, loader)
			.isAssignableFrom(ClassUtils.resolveClassName(implementation, loader));
	}

}
