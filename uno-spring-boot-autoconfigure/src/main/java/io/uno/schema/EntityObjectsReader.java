package io.uno.schema;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.hibernate.boot.model.relational.AuxiliaryDatabaseObject;
import org.hibernate.boot.model.relational.Sequence;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.mapping.Collection;
import org.hibernate.mapping.Join;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.hibernate.mapping.UserDefinedType;
import org.hibernate.persister.entity.EntityPersister;

/**
 * Tells which of the mapping's objects belong to which entity.
 */
final class EntityObjectsReader {

	private final SessionFactoryImplementor sessionFactory;

	private final HibernateMapping mapping;

	EntityObjectsReader(SessionFactoryImplementor sessionFactory, HibernateMapping mapping) {
		this.sessionFactory = sessionFactory;
		this.mapping = mapping;
	}

	/**
	 * Reads all entities that have a class, in the order of their names.
	 */
	Map<Class<?>, EntityObjects> read() {
		Map<Class<?>, EntityObjects> entities = new LinkedHashMap<>();
		this.mapping.metadata()
			.getEntityBindings()
			.stream()
			.filter((binding) -> binding.getClassName() != null)
			.sorted(Comparator.comparing(PersistentClass::getEntityName))
			.forEach((binding) -> entities.put(binding.getMappedClass(), read(binding)));
		return entities;
	}

	private EntityObjects read(PersistentClass binding) {
		List<Table> tables = tables(binding);
		Predicate<String> used = typeNames(tables)::contains;
		return new EntityObjects(binding.getEntityName(), binding, this.mapping, auxiliaries(used),
				userDefinedTypes(used), sequences(binding), tables, descriptor(binding).canReadFromCache());
	}

	private List<Table> tables(PersistentClass binding) {
		Stream<Table> own = Stream.concat(Stream.of(binding.getTable()),
				binding.getJoins().stream().map(Join::getTable));
		Stream<Table> ofCollections = this.mapping.metadata()
			.getCollectionBindings()
			.stream()
			.filter((collection) -> owns(binding, collection))
			.sorted(Comparator.comparing(Collection::getRole))
			.flatMap((collection) -> Stream.of(collection.getCollectionTable(), collection.getAuxiliaryTable()));
		return Stream.of(own, Stream.of(binding.getAuxiliaryTable()), ofCollections)
			.flatMap((tables) -> tables)
			.filter(Objects::nonNull)
			.filter(Table::isPhysicalTable)
			.distinct()
			.toList();
	}

	private static boolean owns(PersistentClass binding, Collection collection) {
		return binding.getEntityName().equals(collection.getOwnerEntityName()) && !collection.isOneToMany()
				&& !collection.isInverse();
	}

	private List<Sequence> sequences(PersistentClass binding) {
		if (descriptor(binding).getGenerator() instanceof SequenceStyleGenerator generator) {
			String name = this.mapping.context().format(generator.getDatabaseStructure().getPhysicalName());
			return allSequences().filter((sequence) -> name.equals(nameOf(sequence))).toList();
		}
		return List.of();
	}

	private EntityPersister descriptor(PersistentClass binding) {
		return this.sessionFactory.getMappingMetamodel().getEntityDescriptor(binding.getEntityName());
	}

	private String nameOf(Sequence sequence) {
		return this.mapping.context().format(sequence.getName());
	}

	private Stream<Sequence> allSequences() {
		return this.mapping.namespaces()
			.flatMap((namespace) -> StreamSupport.stream(namespace.getSequences().spliterator(), false))
			.sorted(Comparator.comparing(this::nameOf));
	}

	private Set<String> typeNames(List<Table> tables) {
		return tables.stream()
			.flatMap((table) -> table.getColumns().stream())
			.map((column) -> normalize(column.getSqlType(this.mapping.metadata())))
			.collect(Collectors.toSet());
	}

	/**
	 * The plain name of a type, also of one that is the element of an array.
	 */
	private static String normalize(String type) {
		return type.replace("\"", "")
			.replaceAll("\\s+array$|\\[\\]$", "")
			.replaceAll("^.*\\.", "")
			.toLowerCase(Locale.ROOT);
	}

	private List<AuxiliaryDatabaseObject> auxiliaries(Predicate<String> used) {
		return this.mapping.auxiliaries()
			.stream()
			.filter((object) -> used.test(normalize(object.getExportIdentifier())))
			.toList();
	}

	private List<UserDefinedType> userDefinedTypes(Predicate<String> used) {
		return this.mapping.userDefinedTypes().stream().filter((type) -> used.test(normalize(type.getName()))).toList();
	}

	/**
	 * Collects what belongs to none of the entities, such as the table of a generator.
	 */
	EntityObjects readOthers(java.util.Collection<EntityObjects> entities) {
		return new EntityObjects("", null, this.mapping,
				without(this.mapping.auxiliaries(),
						entities.stream().flatMap((entity) -> entity.auxiliaries().stream())),
				without(this.mapping.userDefinedTypes(),
						entities.stream().flatMap((entity) -> entity.userDefinedTypes().stream())),
				without(allSequences().toList(), entities.stream().flatMap((entity) -> entity.sequences().stream())),
				without(allTables(), entities.stream().flatMap((entity) -> entity.tables().stream())), false);
	}

	private List<Table> allTables() {
		return this.mapping.namespaces()
			.flatMap((namespace) -> namespace.getTables().stream())
			.filter(Table::isPhysicalTable)
			.toList();
	}

	private static <T> List<T> without(java.util.Collection<T> all, Stream<T> owned) {
		Set<T> others = new LinkedHashSet<>(all);
		owned.forEach(others::remove);
		return List.copyOf(others);
	}

}
