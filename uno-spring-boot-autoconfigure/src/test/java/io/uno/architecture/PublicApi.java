package io.uno.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;

/**
 * The public top-level types of the library, compared with the list that is committed.
 *
 * @param types the names of the types
 */
record PublicApi(SortedSet<String> types) {

	static PublicApi of(Collection<JavaClass> classes) {
		SortedSet<String> types = new TreeSet<>();
		classes.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.forEach((type) -> types.add(type.getName()));
		return new PublicApi(types);
	}

	/**
	 * Differences from a list.
	 * @param listed the lines of the list
	 * @return what must change in the list; empty when it is right
	 */
	List<String> differencesFrom(List<String> listed) {
		List<String> differences = new ArrayList<>();
		this.types.stream().filter((type) -> !listed.contains(type)).forEach((type) -> differences.add("+ " + type));
		listed.stream().filter((type) -> !this.types.contains(type)).forEach((type) -> differences.add("- " + type));
		if (differences.isEmpty() && !listed.equals(List.copyOf(this.types))) {
			differences.add("the list is not sorted or names a type twice");
		}
		return differences;
	}

}
