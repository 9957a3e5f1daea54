package io.uno.routing;

import java.util.Properties;

import org.hibernate.boot.model.relational.Database;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.generator.GeneratorCreationContext;
import org.hibernate.id.enhanced.DatabaseStructure;
import org.hibernate.id.enhanced.Optimizer;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.mapping.KeyValue;
import org.hibernate.mapping.RootClass;
import org.hibernate.mapping.SimpleValue;
import org.hibernate.type.Type;

/**
 * A sequence of ids that is asked in the database of its entity. A stateless session
 * draws an id before it tells anybody of the entity.
 */
final class OwnedSequence extends SequenceStyleGenerator {

	private static final long serialVersionUID = 1L;

	private final transient EntityRoutes routes;

	private final String entity;

	private final transient SequenceStyleGenerator plain;

	private OwnedSequence(EntityRoutes routes, String entity, SequenceStyleGenerator plain) {
		this.routes = routes;
		this.entity = entity;
		this.plain = plain;
	}

	/**
	 * Has an entity's sequence, if it has one, be made as one of this kind.
	 */
	static void replace(RootClass entity, EntityRoutes routes) {
		KeyValue id = entity.getIdentifier();
		if (id instanceof SimpleValue value && value.getCustomIdGeneratorCreator() != null) {
			var creator = value.getCustomIdGeneratorCreator();
			value.setCustomIdGeneratorCreator(
					(context) -> owned(creator.createGenerator(context), entity.getEntityName(), routes));
		}
	}

	private static Generator owned(Generator generator, String entity, EntityRoutes routes) {
		// one of the application's own may be asked for by its class
		return (generator.getClass() == SequenceStyleGenerator.class)
				? new OwnedSequence(routes, entity, (SequenceStyleGenerator) generator) : generator;
	}

	@Override
	public Object generate(SharedSessionContractImplementor session, Object object) {
		this.routes.requireWritable("insert", this.entity);
		this.routes.claim(this.entity, session);
		return this.plain.generate(session, object);
	}

	@Override
	public void configure(GeneratorCreationContext context, Properties parameters) {
		this.plain.configure(context, parameters);
	}

	@Override
	public void registerExportables(Database database) {
		this.plain.registerExportables(database);
	}

	@Override
	public void initialize(SqlStringGenerationContext context) {
		this.plain.initialize(context);
	}

	@Override
	public DatabaseStructure getDatabaseStructure() {
		return this.plain.getDatabaseStructure();
	}

	@Override
	public Optimizer getOptimizer() {
		return this.plain.getOptimizer();
	}

	@Override
	public Type getIdentifierType() {
		return this.plain.getIdentifierType();
	}

	@Override
	public Class<?> getGeneratedType() {
		return this.plain.getGeneratedType();
	}

}
