package io.uno.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.uno.error.BulkMappingException;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.generator.OnExecutionGenerator;
import org.hibernate.jpa.event.spi.CallbackType;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicEntityIdentifierMapping;
import org.hibernate.metamodel.mapping.EmbeddableMappingType;
import org.hibernate.metamodel.mapping.EmbeddableValuedModelPart;
import org.hibernate.metamodel.mapping.EntityDiscriminatorMapping;
import org.hibernate.metamodel.mapping.EntityIdentifierMapping;
import org.hibernate.metamodel.mapping.ForeignKeyDescriptor;
import org.hibernate.metamodel.mapping.PluralAttributeMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.metamodel.mapping.internal.BasicAttributeMapping;
import org.hibernate.metamodel.mapping.internal.EmbeddedAttributeMapping;
import org.hibernate.metamodel.mapping.internal.ToOneAttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.hibernate.persister.entity.SingleTableEntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Reads from Hibernate's metamodel which columns an entity has, and refuses what does not
 * fit into one row of one table.
 */
final class EntityMappingReader {

	private final SessionFactoryImplementor sessionFactory;

	private final EntityPersister persister;

	private final List<MappedColumn> columns = new ArrayList<>();

	private final List<MappedReference> references = new ArrayList<>();

	private EntityMappingReader(SessionFactoryImplementor sessionFactory, EntityPersister persister) {
		this.sessionFactory = sessionFactory;
		this.persister = persister;
	}

	/**
	 * Read the mapping of an entity.
	 * @param sessionFactory Hibernate's
	 * @param type the class of the entity
	 * @return its mapping
	 * @throws BulkMappingException if a bulk insert of it would leave something out
	 */
	static EntityMapping read(SessionFactoryImplementor sessionFactory, Class<?> type) {
		EntityPersister persister = sessionFactory.getMappingMetamodel().findEntityDescriptor(type);
		if (persister == null) {
			throw new BulkMappingException(type.getName(), "%s is not an entity".formatted(type.getName()));
		}
		return new EntityMappingReader(sessionFactory, persister).read();
	}

	private EntityMapping read() {
		requireOneTable();
		requireNothingBesideTheRow();
		readIdentifier();
		readDiscriminator();
		this.persister.getAttributeMappings()
			.forEach((attribute) -> readAttribute("", attribute, ValuePath.ofEntity()));
		return new EntityMapping(this.persister, List.copyOf(this.columns), List.copyOf(this.references));
	}

	private void requireOneTable() {
		if (!(this.persister instanceof SingleTableEntityPersister) || this.persister.getTableSpan() != 1) {
			throw refusal("its rows are spread over several tables, and COPY writes one");
		}
		if (this.persister.isAbstract()) {
			throw refusal("it is abstract; name the class of the rows");
		}
	}

	private void requireNothingBesideTheRow() {
		if (this.persister.getSoftDeleteMapping() != null) {
			throw refusal("it uses @SoftDelete, whose column bulk does not know");
		}
		if (this.persister.getTemporalMapping() != null || this.persister.getAuditMapping() != null) {
			throw refusal("Hibernate keeps its history, which bulk would leave out");
		}
		if (hasCallback(CallbackType.POST_PERSIST)) {
			throw refusal("it has @PostPersist callbacks, and its rows are still on their way when they would run");
		}
	}

	private boolean hasCallback(CallbackType callback) {
		return this.sessionFactory.getEventEngine()
			.getCallbackRegistry()
			.hasRegisteredCallbacks(this.persister.getMappedClass(), callback);
	}

	private void readIdentifier() {
		EntityIdentifierMapping identifier = this.persister.getIdentifierMapping();
		if (identifier instanceof BasicEntityIdentifierMapping basic) {
			ValuePath path = ValuePath.ofEntity().then(basic.getPropertyAccess().getGetter());
			String attribute = Objects.requireNonNull(identifier.getAttributeName());
			add(attribute, basic, OnUpdate.KEEP, IdentifierReader.of(this.persister, path));
		}
		else if (identifier.getNature() == EntityIdentifierMapping.Nature.COMPOSITE
				&& identifier instanceof EmbeddableValuedModelPart embedded) {
			requireAssignedIdentifier();
			String attribute = Objects.requireNonNull(identifier.getAttributeName());
			readEmbeddable(attribute + ".", embedded.getEmbeddableTypeDescriptor(),
					ValuePath.ofIdentifier(this.persister));
		}
		else {
			throw refusal("its id is made of several attributes (@IdClass or a derived id); use an @EmbeddedId");
		}
	}

	private void requireAssignedIdentifier() {
		Generator generator = this.persister.getGenerator();
		if (!IdentifierPlan.isAssigned(generator)) {
			throw refusal("parts of its embedded id are generated");
		}
	}

	private void readDiscriminator() {
		EntityDiscriminatorMapping discriminator = this.persister.getDiscriminatorMapping();
		if (discriminator == null || !discriminator.hasPhysicalColumn() || discriminator.isFormula()) {
			return;
		}
		Object value = this.persister.getDiscriminatorValue().value();
		this.columns.add(new MappedColumn("class", discriminator.getSelectionExpression(),
				discriminator.getUnderlyingJdbcMapping(), true, OnUpdate.KEEP, (row) -> value));
	}

	private void readAttribute(String prefix, AttributeMapping attribute, ValuePath owner) {
		String path = prefix + attribute.getAttributeName();
		if (attribute instanceof PluralAttributeMapping collection) {
			requireInverse(path, collection);
		}
		else if (attribute instanceof EmbeddedAttributeMapping embedded) {
			requireNoGenerator(path, generator(embedded, owner));
			readEmbeddable(path + ".", embedded.getEmbeddableTypeDescriptor(),
					owner.then(embedded.getPropertyAccess().getGetter()));
		}
		else if (attribute instanceof ToOneAttributeMapping reference) {
			readReference(path, reference, owner);
		}
		else if (attribute instanceof BasicAttributeMapping basic) {
			readBasic(path, basic, owner.then(basic.getPropertyAccess().getGetter()), generator(basic, owner));
		}
		else {
			throw refusal("attribute '%s' is of a kind that bulk does not write (%s)".formatted(path,
					attribute.getClass().getSimpleName()));
		}
	}

	private void requireInverse(String path, PluralAttributeMapping collection) {
		if (!collection.getCollectionDescriptor().isInverse()) {
			throw refusal("collection '%s' has rows of its own, and COPY writes one table".formatted(path));
		}
	}

	private void requireNoGenerator(String path, @Nullable Generator generator) {
		if (generator != null && generator.generatesOnInsert()) {
			throw refusal("parts of the embedded attribute '%s' are generated".formatted(path));
		}
	}

	private void readEmbeddable(String prefix, EmbeddableMappingType embeddable, ValuePath path) {
		if (embeddable.isPolymorphic()) {
			throw refusal(
					"the embedded attribute '%s' has subclasses".formatted(prefix.substring(0, prefix.length() - 1)));
		}
		if (embeddable.getAggregateMapping() != null) {
			throw refusal("the embedded attribute '%s' is kept in a single column (a struct, JSON or XML)"
				.formatted(prefix.substring(0, prefix.length() - 1)));
		}
		embeddable.getAttributeMappings().forEach((attribute) -> readAttribute(prefix, attribute, path));
	}

	/**
	 * Hibernate keeps generators by the position in the entity, and gives an attribute of
	 * an embeddable one that is not its own. The embedded attribute has them all.
	 */
	private static @Nullable Generator generator(AttributeMapping attribute, ValuePath owner) {
		return owner.isEntity() ? attribute.getGenerator() : null;
	}

	private void readBasic(String path, BasicAttributeMapping attribute, ValuePath value,
			@Nullable Generator generator) {
		if (attribute.isFormula() || isLeftToTheServer(path, generator)) {
			return;
		}
		if (isVersion(attribute)) {
			add(path, attribute, onUpdateOfVersion(), GeneratedValueReader.ofVersion(this.persister, attribute, value));
		}
		else if (!attribute.isInsertable()) {
			return;
		}
		else if (generator != null && generator.generatesOnInsert()) {
			add(path, attribute, generator.generatesOnUpdate() ? OnUpdate.REGENERATE : OnUpdate.KEEP,
					GeneratedValueReader.of(generator, attribute, value));
		}
		else {
			add(path, attribute, onUpdate(attribute, value), value);
		}
	}

	private OnUpdate onUpdateOfVersion() {
		Class<?> type = this.persister.getVersionMapping().getJavaType().getJavaTypeClass();
		return Number.class.isAssignableFrom(type) ? OnUpdate.INCREMENT : OnUpdate.REGENERATE;
	}

	private static OnUpdate onUpdate(BasicAttributeMapping attribute, ValuePath value) {
		return (attribute.isUpdateable() && !value.isPartOfIdentifier()) ? OnUpdate.SET : OnUpdate.KEEP;
	}

	private boolean isVersion(BasicAttributeMapping attribute) {
		return this.persister.getVersionMapping() != null
				&& this.persister.getVersionMapping().getVersionAttribute() == attribute;
	}

	/**
	 * Decide whether an insert leaves the column out, so that a default or a trigger of
	 * the database fills it.
	 */
	private boolean isLeftToTheServer(String path, @Nullable Generator generator) {
		if (generator == null || !generator.generatesOnInsert() || !generator.generatedOnExecution()) {
			return false;
		}
		if (generator instanceof OnExecutionGenerator onExecution
				&& onExecution.referenceColumnsInSql(this.sessionFactory.getJdbcServices().getDialect())) {
			throw refusal("attribute '%s' is generated by an SQL expression inside INSERT, which COPY does not have; "
				.formatted(path) + "generate it in Java or by a default of the column");
		}
		return true;
	}

	private void readReference(String path, ToOneAttributeMapping reference, ValuePath owner) {
		if (reference.getSideNature() == ForeignKeyDescriptor.Nature.TARGET) {
			return;
		}
		if (!reference.isReferenceToPrimaryKey()) {
			throw refusal("the foreign key of '%s' refers to something other than the primary key".formatted(path));
		}
		List<SelectableMapping> keys = new ArrayList<>();
		reference.getForeignKeyDescriptor().visitKeySelectables((index, key) -> keys.add(key));
		if (!keys.get(0).isInsertable()) {
			return;
		}
		MappedReference mapped = new MappedReference(path, this.references.size(),
				owner.then(reference.getPropertyAccess().getGetter()),
				reference.getEntityMappingType().getEntityPersister(),
				keys.stream().map(SelectableMapping::getSelectionExpression).toList());
		this.references.add(mapped);
		addKeys(mapped, keys, reference.getAttributeMetadata().isNullable());
	}

	private void addKeys(MappedReference reference, List<SelectableMapping> keys, boolean nullable) {
		List<ValuePath> parts = keyParts(reference);
		for (int i = 0; i < keys.size(); i++) {
			SelectableMapping key = keys.get(i);
			this.columns.add(new MappedColumn(reference.attribute(), key.getSelectionExpression(), key.getJdbcMapping(),
					nullable, key.isUpdateable() ? OnUpdate.SET : OnUpdate.KEEP,
					new ReferenceReader(reference, parts.get(i))));
		}
	}

	private List<ValuePath> keyParts(MappedReference reference) {
		EntityIdentifierMapping target = reference.target().getIdentifierMapping();
		if (target instanceof BasicEntityIdentifierMapping) {
			return List.of(ValuePath.ofValue());
		}
		if (target instanceof EmbeddableValuedModelPart embedded
				&& target.getNature() == EntityIdentifierMapping.Nature.COMPOSITE) {
			List<ValuePath> parts = new ArrayList<>();
			collectParts(reference, embedded.getEmbeddableTypeDescriptor(), ValuePath.ofValue(), parts);
			return parts;
		}
		throw refusal("the id of %s, to which '%s' refers, is made of several attributes"
			.formatted(reference.target().getEntityName(), reference.attribute()));
	}

	private void collectParts(MappedReference reference, EmbeddableMappingType embeddable, ValuePath path,
			List<ValuePath> parts) {
		embeddable.getAttributeMappings().forEach((attribute) -> {
			ValuePath part = path.then(attribute.getPropertyAccess().getGetter());
			if (attribute instanceof EmbeddedAttributeMapping embedded) {
				collectParts(reference, embedded.getEmbeddableTypeDescriptor(), part, parts);
			}
			else if (attribute instanceof BasicAttributeMapping) {
				parts.add(part);
			}
			else {
				throw refusal("the id of %s, to which '%s' refers, contains a reference"
					.formatted(reference.target().getEntityName(), reference.attribute()));
			}
		});
	}

	private void add(String path, SelectableMapping column, OnUpdate onUpdate, RowReader reader) {
		if (column.getCustomWriteExpression() != null && !"?".equals(column.getCustomWriteExpression())) {
			throw refusal("attribute '%s' is written through the expression '%s', which COPY cannot evaluate"
				.formatted(path, column.getCustomWriteExpression()));
		}
		this.columns.add(new MappedColumn(path, column.getSelectionExpression(), column.getJdbcMapping(),
				column.isNullable(), onUpdate, reader));
	}

	private BulkMappingException refusal(String reason) {
		return new BulkMappingException(this.persister.getEntityName(), "%s cannot be written in bulk: %s; %s"
			.formatted(this.persister.getEntityName(), reason, "persist it through a session instead"));
	}

}
