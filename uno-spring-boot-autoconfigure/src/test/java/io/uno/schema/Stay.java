package io.uno.schema;

import java.util.ArrayList;
import java.util.List;

import io.uno.model.DatabaseFunction;
import io.uno.model.DatabaseTrigger;
import io.uno.model.DatabaseTrigger.Event;
import io.uno.model.DatabaseTrigger.Level;
import io.uno.model.DatabaseTrigger.Timing;
import io.uno.model.Grant;
import io.uno.model.Privilege;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Enumerated;
import jakarta.persistence.ForeignKey;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcType;
import org.hibernate.dialect.type.PostgreSQLEnumJdbcType;
import org.jspecify.annotations.Nullable;

/**
 * In a schema of its own, with a type, a collection and a reference.
 */
@Entity
@Table(schema = "hotel")
@Grant(role = "visit_reader", privileges = Privilege.SELECT)
@DatabaseFunction(name = "stay_left", returns = "trigger", body = "begin return null; end")
@DatabaseTrigger(name = "other", timing = Timing.AFTER, events = Event.INSERT, forEach = Level.STATEMENT,
		function = "visit_trim")
@DatabaseTrigger(name = "own", timing = Timing.AFTER, events = { Event.TRUNCATE, Event.DELETE },
		forEach = Level.STATEMENT, function = "stay_left")
@DatabaseTrigger(name = "same", timing = Timing.BEFORE, events = Event.UPDATE,
		function = "suppress_redundant_updates_trigger")
class Stay {

	@Id
	private @Nullable Long id;

	@Enumerated
	@JdbcType(PostgreSQLEnumJdbcType.class)
	private @Nullable Season season;

	@ManyToOne
	@JoinColumn(foreignKey = @ForeignKey(name = "stay_place"))
	private @Nullable Place place;

	@ElementCollection
	@CollectionTable(schema = "hotel", foreignKey = @ForeignKey(name = "stay_guest"))
	private List<String> guests = new ArrayList<>();

}
