package io.uno.bulk;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.type.descriptor.ValueBinder;

/**
 * Asks the database for the ids of natural keys: on PostgreSQL all of them by one query,
 * elsewhere one by one.
 */
final class KeyLookup {

	private final Connection connection;

	private final SharedSessionContractImplementor session;

	private final boolean postgres;

	private final RowSink sink;

	KeyLookup(Connection connection, SharedSessionContractImplementor session, boolean postgres, RowSink sink) {
		this.connection = connection;
		this.session = session;
		this.postgres = postgres;
		this.sink = sink;
	}

	/**
	 * Find ids.
	 * @param target the entity that is referred to
	 * @param key its unique key
	 * @param sought the keys, each with an entity that has it
	 * @return a resolution for each key
	 * @throws SQLException if the database fails
	 */
	Map<NaturalKey, Resolution> find(ReferenceTarget target, UniqueKey key, Map<NaturalKey, Object> sought)
			throws SQLException {
		// a row of an earlier part of the same operation may be what is sought
		this.sink.pause();
		Map<NaturalKey, Resolution> found = new HashMap<>();
		try (PreparedStatement statement = this.connection.prepareStatement(key.statement())) {
			List<NaturalKey> keys = List.copyOf(sought.keySet());
			if (this.postgres) {
				findAll(target, keys, statement, found, sought);
			}
			else {
				for (NaturalKey natural : keys) {
					findOne(target, natural, statement, found, sought);
				}
			}
		}
		sought.forEach((natural, entity) -> found.computeIfAbsent(natural,
				(missing) -> Resolution.missing(target.describe(entity))));
		return found;
	}

	private void findAll(ReferenceTarget target, List<NaturalKey> keys, PreparedStatement statement,
			Map<NaturalKey, Resolution> found, Map<NaturalKey, Object> sought) throws SQLException {
		List<Array> arrays = new ArrayList<>();
		for (int part = 0; part < keys.get(0).values().size(); part++) {
			int position = part;
			Array array = this.connection.createArrayOf("text",
					keys.stream().map((natural) -> natural.values().get(position).toString()).toArray());
			arrays.add(array);
			statement.setArray(part + 1, array);
		}
		try (ResultSet results = statement.executeQuery()) {
			while (results.next()) {
				NaturalKey natural = keys.get(results.getInt(1) - 1);
				put(target, natural, identifier(target, results, 2), found, sought);
			}
		}
		for (Array array : arrays) {
			array.free();
		}
	}

	@SuppressWarnings("unchecked") // the mapping's binder takes the mapping's values
	private void findOne(ReferenceTarget target, NaturalKey natural, PreparedStatement statement,
			Map<NaturalKey, Resolution> found, Map<NaturalKey, Object> sought) throws SQLException {
		for (int i = 0; i < natural.values().size(); i++) {
			JdbcMapping mapping = natural.key().parts().get(i).jdbcMapping();
			((ValueBinder<Object>) mapping.getJdbcValueBinder()).bind(statement, natural.values().get(i), i + 1,
					this.session);
		}
		try (ResultSet results = statement.executeQuery()) {
			while (results.next()) {
				put(target, natural, identifier(target, results, 1), found, sought);
			}
		}
	}

	private Object identifier(ReferenceTarget target, ResultSet results, int index) throws SQLException {
		JdbcMapping mapping = target.identifier().getJdbcMapping();
		Object relational = mapping.getJdbcValueExtractor().extract(results, index, this.session);
		return Objects.requireNonNull(mapping.convertToDomainValue(relational));
	}

	private static void put(ReferenceTarget target, NaturalKey natural, Object id, Map<NaturalKey, Resolution> found,
			Map<NaturalKey, Object> sought) {
		Resolution earlier = found.putIfAbsent(natural, Resolution.found(id));
		if (earlier != null) {
			found.put(natural, Resolution.ambiguous(target.describe(Objects.requireNonNull(sought.get(natural)))));
		}
	}

}
