package io.uno.routing.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.repository.core.RepositoryInformation;

/**
 * Finds the query methods of a repository that only read, going by what is declared and
 * never by their SQL.
 */
final class ReadingQueries {

	/**
	 * By name, as each of the libraries may be absent.
	 */
	private static final List<String> TRANSACTIONAL = List
		.of("org.springframework.transaction.annotation.Transactional", "jakarta.transaction.Transactional");

	/**
	 * What a read-only transaction would break. By name, as each of the libraries may be
	 * absent.
	 */
	private static final List<String> WRITING = List.of("org.springframework.data.jpa.repository.Modifying",
			"org.springframework.data.jpa.repository.Lock", "org.springframework.data.jpa.repository.query.Procedure",
			"org.springframework.data.jdbc.repository.query.Modifying",
			"org.springframework.data.relational.repository.Lock");

	/**
	 * Spring Data's own form of a name that it derives a deletion from. In a read-only
	 * transaction Hibernate would pass over the deletion in silence.
	 */
	private static final Pattern DERIVED_DELETION = Pattern.compile("^(delete|remove)(\\p{Lu}.*?)??By.*");

	/**
	 * Part of the name of a class that Spring Data generates ahead of time, whose methods
	 * it takes for custom ones.
	 */
	private static final String GENERATED = "__AotRepository";

	private final RepositoryInformation repository;

	ReadingQueries(RepositoryInformation repository) {
		this.repository = repository;
	}

	/**
	 * The methods that read, and have no setting of transactions on their repository.
	 */
	List<Method> withoutTransaction() {
		Class<?> type = this.repository.getRepositoryInterface();
		return isAnnotated(type, TRANSACTIONAL) ? List.of()
				: Arrays.stream(type.getMethods()).filter(this::isQuery).filter(ReadingQueries::reads).toList();
	}

	private boolean isQuery(Method method) {
		return this.repository.isQueryMethod(method) || isGenerated(method);
	}

	private boolean isGenerated(Method method) {
		return Modifier.isAbstract(method.getModifiers())
				&& this.repository.getTargetClassMethod(method).getDeclaringClass().getSimpleName().contains(GENERATED);
	}

	/**
	 * A stream is read by the caller, who has to begin the transaction.
	 */
	private static boolean reads(Method method) {
		return !isAnnotated(method, WRITING) && !DERIVED_DELETION.matcher(method.getName()).matches()
				&& !BaseStream.class.isAssignableFrom(method.getReturnType());
	}

	private static boolean isAnnotated(AnnotatedElement element, List<String> annotations) {
		MergedAnnotations present = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
		return annotations.stream().anyMatch(present::isPresent);
	}

}
