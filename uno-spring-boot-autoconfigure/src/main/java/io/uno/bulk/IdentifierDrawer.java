package io.uno.bulk;

import java.sql.SQLException;
import java.util.List;

/**
 * Gives ids to rows. The connection is free while it does.
 */
@FunctionalInterface
interface IdentifierDrawer {

	/**
	 * Set the id of each row.
	 * @param rows rows whose entities have no id
	 * @throws SQLException if the database fails
	 */
	void draw(List<Row> rows) throws SQLException;

}
