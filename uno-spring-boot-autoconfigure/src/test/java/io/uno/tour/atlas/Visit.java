package io.uno.tour.atlas;

import io.uno.model.DatabaseFunction;
import io.uno.model.DatabaseTrigger;
import io.uno.model.DatabaseTrigger.Event;
import io.uno.model.DatabaseTrigger.Timing;
import io.uno.model.Grant;
import io.uno.model.History;
import io.uno.model.Privilege;
import io.uno.model.RowLevelSecurity;
import io.uno.model.UnoModel;
import jakarta.persistence.Entity;

@Entity
@RowLevelSecurity(tenant = "tenantId")
@History
@Grant(role = "reader", privileges = Privilege.SELECT)
@DatabaseFunction(name = "visit_place", returns = "trigger", body = """
		begin
			new.place := trim(new.place);
			return new;
		end
		""")
@DatabaseTrigger(name = "visit_place", timing = Timing.BEFORE, events = { Event.INSERT, Event.UPDATE },
		function = "visit_place")
public class Visit extends UnoModel {

	private long tenantId;

	private String place;

	protected Visit() {
	}

	public Visit(long tenantId, String place) {
		this.tenantId = tenantId;
		this.place = place;
	}

	public String getPlace() {
		return this.place;
	}

}
