package io.uno.schema;

import io.uno.model.DatabaseFunction;
import io.uno.model.DatabaseTrigger;
import io.uno.model.DatabaseTrigger.Event;
import io.uno.model.DatabaseTrigger.Timing;
import io.uno.model.Grant;
import io.uno.model.History;
import io.uno.model.Privilege;
import io.uno.model.RowLevelSecurity;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/**
 * With all of uno's annotations.
 */
@Entity
@RowLevelSecurity(tenant = "tenantId")
@History
@Grant(role = "visit_reader", privileges = Privilege.SELECT)
@Grant(role = "visit_writer", privileges = { Privilege.INSERT, Privilege.SELECT, Privilege.INSERT })
@DatabaseFunction(name = "visits_of", arguments = "visitor text", returns = "bigint", language = "sql", body = """
		select count(*) from visit where visit.visitor = visits_of.visitor
		""")
@DatabaseFunction(name = "visit_trim", returns = "trigger", body = """
		begin
			new.visitor := trim(new.visitor);
			return new;
		end
		""")
@DatabaseTrigger(name = "trim", timing = Timing.BEFORE, events = { Event.UPDATE, Event.INSERT },
		function = "visit_trim")
class Visit {

	@Id
	@GeneratedValue
	private @Nullable Long id;

	private long tenantId;

	private @Nullable String visitor;

	protected Visit() {
	}

	Visit(long tenantId, String visitor) {
		this.tenantId = tenantId;
		this.visitor = visitor;
	}

}
