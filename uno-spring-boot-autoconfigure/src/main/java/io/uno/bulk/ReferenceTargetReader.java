package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.uno.error.BulkMappingException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.NaturalIdMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.BasicAttributeMapping;
import org.hibernate.metamodel.mapping.internal.EmbeddedAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Finds the unique keys of a referenced entity: its natural id, and the unique indexes
 * that its table has, whoever made them.
 */
final class ReferenceTargetReader {

	private final SessionFactoryImplementor sessionFactory;

	private final Connection connection;

	private final boolean postgres;

	/**
	 * The entities being read, to find keys that contain themselves.
	 */
	private final Set<String> path = new LinkedHashSet<>();

	ReferenceTargetReader(SessionFactoryImplementor sessionFactory, Connection connection) throws SQLException {
		this.sessionFactory = sessionFactory;
		this.connection = connection;
		this.postgres = PostgresConnection.isPostgres(connection);
	}

	ReferenceTarget read(EntityPersister target) throws SQLException {
		if (!(target.getIdentifierMapping() instanceof BasicEntityIdentifierMapping identifier)) {
			throw refusal(target, "its id has several columns");
		}
		if (!this.path.add(target.getEntityName())) {
			throw refusal(target, "its unique key contains a reference to itself, over " + this.path);
		}
		List<UniqueKey> keys = readKeys(target, identifier);
		this.path.remove(target.getEntityName());
		if (keys.isEmpty()) {
			throw refusal(target, "it has neither a @NaturalId nor a unique index over attributes other than its id");
		}
		return new ReferenceTarget(target, identifier, keys);
	}

	private List<UniqueKey> readKeys(EntityPersister target, BasicEntityIdentifierMapping identifier)
			throws SQLException {
		Map<String, AttributePart> parts = new LinkedHashMap<>();
		target.getAttributeMappings()
			.forEach((attribute) -> collect("", attribute, ValuePath.ofEntity(), target, parts));
		Set<List<String>> columns = new LinkedHashSet<>();
		naturalId(target).ifPresent(columns::add);
		columns.addAll(new UniqueIndexes(this.connection, this.postgres).of(target.getTableName()));
		List<UniqueKey> keys = new ArrayList<>();
		for (List<String> key : columns) {
			if (parts.keySet().containsAll(key)) {
				keys.add(key(target, identifier, key.stream().map(parts::get).toList()));
			}
		}
		return List.copyOf(keys);
	}

	private static Optional<List<String>> naturalId(EntityPersister target) {
		NaturalIdMapping naturalId = target.getNaturalIdMapping();
		if (naturalId == null) {
			return Optional.empty();
		}
		List<String> columns = new ArrayList<>();
		naturalId.getNaturalIdAttributes()
			.forEach((attribute) -> attribute.forEachSelectable(
					(index, column) -> columns.add(new ColumnName(column.getSelectionExpression()).normalized())));
		return Optional.of(columns);
	}

	private void collect(String prefix, AttributeMapping attribute, ValuePath owner, EntityPersister target,
			Map<String, AttributePart> parts) {
		String path = prefix + attribute.getAttributeName();
		ValuePath value = owner.then(attribute.getPropertyAccess().getGetter());
		if (attribute instanceof BasicAttributeMapping basic && !basic.isFormula()) {
			put(new AttributePart(path, basic, value, null), target, parts);
		}
		else if (attribute instanceof EmbeddedAttributeMapping embedded) {
			embedded.getEmbeddableTypeDescriptor()
				.getAttributeMappings()
				.forEach((nested) -> collect(path + ".", nested, value, target, parts));
		}
		else if (attribute instanceof ToOneAttributeMapping reference
				&& reference.getSideNature() == ForeignKeyDescriptor.Nature.KEY && reference.isReferenceToPrimaryKey()
				&& reference.getForeignKeyDescriptor().getJdbcTypeCount() == 1) {
			put(new AttributePart(path, reference.getForeignKeyDescriptor().getSelectable(0), value,
					reference.getEntityMappingType().getEntityPersister()), target, parts);
		}
	}

	private static void put(AttributePart part, EntityPersister target, Map<String, AttributePart> parts) {
		if (part.column().getContainingTableExpression().equals(target.getTableName())) {
			parts.put(new ColumnName(part.column().getSelectionExpression()).normalized(), part);
		}
	}

	private UniqueKey key(EntityPersister target, BasicEntityIdentifierMapping identifier,
			List<AttributePart> attributes) throws SQLException {
		List<KeyPart> parts = new ArrayList<>();
		for (AttributePart attribute : attributes) {
			EntityPersister referenced = attribute.target();
			parts.add(new KeyPart(attribute.path(), attribute.column().getSelectionExpression(),
					attribute.column().getJdbcMapping(), attribute.value(),
					(referenced != null) ? read(referenced) : null));
		}
		return this.postgres ? arrayKey(target, identifier, parts) : singleKey(target, identifier, parts);
	}

	private UniqueKey arrayKey(EntityPersister target, BasicEntityIdentifierMapping identifier, List<KeyPart> parts)
			throws SQLException {
		Table table = Table.ofPostgres(this.connection, target.getTableName(), target.getEntityName());
		List<ValueConversion> conversions = new ArrayList<>();
		List<String> types = new ArrayList<>();
		for (KeyPart part : parts) {
			TableColumn column = table.column(part.column(), part.attribute(), target.getEntityName());
			BinaryFormat format = BinaryFormat.of(column);
			if (format == null || format == BinaryFormat.BYTEA) {
				throw refusal(target,
						"column '%s' of a unique key is of type %s".formatted(column.name(), column.type()));
			}
			conversions.add(new ValueConversion(part.jdbcMapping(), format.valueType(), this.sessionFactory));
			types.add(column.type());
		}
		return new UniqueKey(parts, conversions,
				UniqueKey.arrayQuery(target, identifier.getSelectionExpression(), parts, types));
	}

	private UniqueKey singleKey(EntityPersister target, BasicEntityIdentifierMapping identifier, List<KeyPart> parts) {
		List<ValueConversion> conversions = parts.stream()
			.map((part) -> new ValueConversion(part.jdbcMapping(), Object.class, this.sessionFactory))
			.toList();
		return new UniqueKey(parts, conversions,
				UniqueKey.singleQuery(target, identifier.getSelectionExpression(), parts));
	}

	private static BulkMappingException refusal(EntityPersister target, String reason) {
		return new BulkMappingException(target.getEntityName(),
				"References to %s cannot be resolved: %s; set their ids instead".formatted(target.getEntityName(),
						reason));
	}

	private record AttributePart(String path, SelectableMapping column, ValuePath value,
			@Nullable EntityPersister target) {

	}

}
