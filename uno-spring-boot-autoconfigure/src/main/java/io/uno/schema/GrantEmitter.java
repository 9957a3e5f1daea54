package io.uno.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.uno.dialect.Identifiers;
import io.uno.error.SchemaMappingException;
import io.uno.model.Grant;
import io.uno.model.Privilege;
import org.hibernate.boot.model.relational.Sequence;

/**
 * Renders grants, with what makes them effective: the use of the schema, and of the
 * sequence where rows may be inserted.
 */
record GrantEmitter() implements Emitter {

	@Override
	public ObjectType type() {
		return ObjectType.GRANT;
	}

	@Override
	public List<String> statements(EntityObjects entity) {
		return entity.annotations(Grant.class)
			.stream()
			.flatMap((grant) -> statements(entity, grant))
			.distinct()
			.toList();
	}

	private static Stream<String> statements(EntityObjects entity, Grant grant) {
		String role = Identifiers.quote(grant.role());
		String privileges = privileges(entity, grant);
		Stream<String> schemas = entity.tables()
			.stream()
			.flatMap((table) -> Stream.ofNullable(entity.nameOf(table).schema()))
			.map((schema) -> "grant usage on schema %s to %s".formatted(Identifiers.quote(schema), role));
		Stream<String> tables = entity.tables()
			.stream()
			.map((table) -> "grant %s on table %s to %s".formatted(privileges, entity.nameOf(table).quoted(), role));
		return Stream.of(schemas, tables, sequences(entity, grant, role)).flatMap((statements) -> statements);
	}

	private static String privileges(EntityObjects entity, Grant grant) {
		if (grant.privileges().length == 0) {
			throw new SchemaMappingException(entity.name(),
					"The grant to role '%s' of entity '%s' has no privilege; name at least one of %s"
						.formatted(grant.role(), entity.name(), Arrays.toString(Privilege.values())));
		}
		return Arrays.stream(grant.privileges())
			.sorted()
			.distinct()
			.map((privilege) -> privilege.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

	private static Stream<String> sequences(EntityObjects entity, Grant grant, String role) {
		if (!Arrays.asList(grant.privileges()).contains(Privilege.INSERT)) {
			return Stream.empty();
		}
		return entity.sequences()
			.stream()
			.map((sequence) -> "grant usage on sequence %s to %s".formatted(nameOf(entity, sequence), role));
	}

	private static String nameOf(EntityObjects entity, Sequence sequence) {
		return TableName
			.of(sequence.getName().getSchemaName(), sequence.getName().getSequenceName(), entity.mapping().context())
			.quoted();
	}

}
