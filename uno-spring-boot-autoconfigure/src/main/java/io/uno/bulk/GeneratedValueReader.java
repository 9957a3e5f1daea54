package io.uno.bulk;

import org.hibernate.engine.internal.Versioning;
import org.hibernate.generator.BeforeExecutionGenerator;
import org.hibernate.generator.EventType;
import org.hibernate.generator.Generator;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * Generates the value of an attribute in Java, as Hibernate would when it inserts the
 * entity, and sets it in the entity.
 */
final class GeneratedValueReader implements RowReader {

	private final BeforeExecutionGenerator generator;

	private final AttributeMapping attribute;

	private final ValuePath path;

	private final boolean version;

	private GeneratedValueReader(BeforeExecutionGenerator generator, AttributeMapping attribute, ValuePath path,
			boolean version) {
		this.generator = generator;
		this.attribute = attribute;
		this.path = path;
		this.version = version;
	}

	static GeneratedValueReader of(Generator generator, AttributeMapping attribute, ValuePath path) {
		return new GeneratedValueReader((BeforeExecutionGenerator) generator, attribute, path, false);
	}

	static GeneratedValueReader ofVersion(EntityPersister persister, AttributeMapping attribute, ValuePath path) {
		return new GeneratedValueReader(persister.getVersionGenerator(), attribute, path, true);
	}

	@Override
	public @Nullable Object read(Row row) {
		Object current = this.path.read(row);
		if (this.version && !Versioning.isNullInitialVersion(current)) {
			return current;
		}
		Object generated = this.generator.generate(row.session(), row.entity(), current, EventType.INSERT);
		if (row.tellsEntity()) {
			this.attribute.setValue(row.entity(), generated);
		}
		return generated;
	}

}
