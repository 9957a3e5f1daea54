package io.uno.routing;

import java.util.Optional;
import java.util.stream.Collectors;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;

/**
 * Which database a class belongs to.
 *
 * @param databases all databases
 */
record DatabaseOwners(Databases databases) {

	Database ownerOf(Class<?> type) {
		return named(type).orElseGet(() -> this.databases.ownerOf(type));
	}

	Database ownerOf(Class<?> repository, Class<?> entity) {
		return declaredOwnerOf(repository, entity).orElseGet(this.databases::getDefault);
	}

	/**
	 * The database that something says a repository belongs to.
	 */
	Optional<Database> declaredOwnerOf(Class<?> repository, Class<?> entity) {
		return named(repository).or(() -> declaredOwnerOf(entity)).or(() -> this.databases.claimantOf(repository));
	}

	/**
	 * The database that something says a class belongs to.
	 */
	Optional<Database> declaredOwnerOf(Class<?> type) {
		return named(type).or(() -> this.databases.claimantOf(type));
	}

	private Optional<Database> named(Class<?> type) {
		UseDatabase named = AnnotatedElementUtils.findMergedAnnotation(type, UseDatabase.class);
		if (named == null) {
			return Optional.empty();
		}
		Optional<Database> database = this.databases.all()
			.stream()
			.filter((candidate) -> candidate.name().equals(named.value()))
			.findFirst();
		Assert.state(database.isPresent(),
				() -> "@UseDatabase of '%s' names '%s', but no database is called so; name one of %s".formatted(
						type.getName(), named.value(),
						this.databases.all().stream().map(Database::name).collect(Collectors.joining(", "))));
		return database;
	}

}
