package io.uno.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.uno.dialect.ContextSetting;
import io.uno.dialect.Identifiers;
import io.uno.dialect.Literals;
import io.uno.error.SchemaMappingException;
import io.uno.model.History;
import io.uno.model.RowLevelSecurity;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Table;

/**
 * Renders row level security by tenant.
 *
 * @param entities all entities, of which some may live in the table of another one
 */
record PolicyEmitter(Collection<EntityObjects> entities) implements Emitter {

	private static final String TENANT = "uno_tenant";

	private static final String HISTORY = "uno_history";

	@Override
	public ObjectType type() {
		return ObjectType.POLICY;
	}

	@Override
	public List<String> statements(EntityObjects entity) {
		List<RowLevelSecurity> security = entity.annotations(RowLevelSecurity.class);
		if (security.isEmpty()) {
			return List.of();
		}
		refuseSeveralTables(entity);
		refuseCached(entity);
		String rows = ofTenant(entity, security.get(0).tenant());
		List<String> statements = new ArrayList<>(enable(entity.table()));
		statements.addAll(policy(TENANT, entity.table(), "using (%s) with check (%s)".formatted(rows, rows)));
		if (!entity.annotations(History.class).isEmpty()) {
			statements.addAll(ofHistory(entity.table().derive(HistoryEmitter.SUFFIX), rows));
		}
		return statements;
	}

	private void refuseSeveralTables(EntityObjects entity) {
		List<Table> tables = tables(entity);
		if (tables.size() > 1) {
			throw new SchemaMappingException(entity.name(),
					"Entity '%s' has @RowLevelSecurity, but keeps rows in %s, of which only the first one tells the tenant; give what is in the others an entity with an attribute for the tenant of its own"
						.formatted(entity.name(),
								tables.stream().map((table) -> entity.nameOf(table).quoted()).toList()));
		}
	}

	/**
	 * Also those of the subclasses in the entity's table: their rows are the entity's.
	 */
	private List<Table> tables(EntityObjects entity) {
		return Stream.concat(Stream.of(entity), this.entities.stream().filter((other) -> other.livesIn(entity)))
			.flatMap((owner) -> owner.tables().stream())
			.distinct()
			.toList();
	}

	private static void refuseCached(EntityObjects entity) {
		if (entity.cached()) {
			throw new SchemaMappingException(entity.name(),
					"Entity '%s' has @RowLevelSecurity, but is read from the second-level cache, which would hand a row of one tenant to another; remove @Cacheable or @Cache from it and its subclasses, or the annotation"
						.formatted(entity.name()));
		}
	}

	private static List<String> enable(TableName table) {
		return List.of("alter table %s enable row level security, force row level security".formatted(table.quoted()));
	}

	private static List<String> policy(String name, TableName table, String rule) {
		String policy = "%s on %s".formatted(Identifiers.quote(name), table.quoted());
		return List.of("drop policy if exists " + policy, "create policy " + policy + " " + rule);
	}

	/**
	 * A tenant reads its own history. Rows are written by the trigger for whoever may
	 * write the table, a superuser without a tenant among them, by no other statement,
	 * and never changed.
	 */
	private static List<String> ofHistory(TableName history, String rows) {
		return Stream
			.of(enable(history), policy(TENANT, history, "for select using (%s)".formatted(rows)),
					policy(HISTORY, history, "for insert with check (pg_trigger_depth() > 0)"))
			.flatMap(List::stream)
			.toList();
	}

	/**
	 * The setting is empty, and not null, once a transaction has had it. The server
	 * evaluates the inner select once for a statement and not for each row.
	 */
	private static String ofTenant(EntityObjects entity, String attribute) {
		Column column = column(entity, attribute);
		return "%s = (select cast(nullif(current_setting(%s, true), '') as %s))".formatted(TableName.quote(column),
				Literals.quote(ContextSetting.TENANT.parameter()),
				type(column.getSqlType(entity.mapping().metadata())));
	}

	private static Column column(EntityObjects entity, String attribute) {
		Map<String, Property> known = attributes(entity.requireBinding());
		Property property = known.get(attribute);
		if (property == null) {
			throw new SchemaMappingException(entity.name(),
					"@RowLevelSecurity of entity '%s' names the attribute '%s', which does not exist; known are %s"
						.formatted(entity.name(), attribute, known.keySet()));
		}
		List<Column> columns = property.getColumns();
		if (columns.size() != 1 || !entity.ownTable().equals(property.getValue().getTable())) {
			throw new SchemaMappingException(entity.name(),
					"@RowLevelSecurity of entity '%s' names the attribute '%s', which is not one column of table %s; name an attribute that is"
						.formatted(entity.name(), attribute, entity.table().quoted()));
		}
		return columns.get(0);
	}

	private static Map<String, Property> attributes(PersistentClass binding) {
		Map<String, Property> attributes = new LinkedHashMap<>();
		Stream.concat(Stream.ofNullable(binding.getIdentifierProperty()), binding.getPropertyClosure().stream())
			.sorted((one, other) -> one.getName().compareTo(other.getName()))
			.forEach((property) -> attributes.put(property.getName(), property));
		return attributes;
	}

	/**
	 * Leaves away the length: a cast would cut a longer tenant to the name of another
	 * one.
	 */
	private static String type(String columnType) {
		String type = columnType.replaceAll("\\(.*?\\)", "")
			.replaceAll("(?i)\\s+(not\\s+null|null|default|check|unique|primary|references|collate|constraint)\\b.*",
					"");
		return type.matches("(?i)char|character") ? "bpchar" : type;
	}

}
