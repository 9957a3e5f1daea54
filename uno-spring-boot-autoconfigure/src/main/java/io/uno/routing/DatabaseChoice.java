package io.uno.routing;

import io.uno.datasource.Database;

/**
 * A database, and why it is this one.
 *
 * @param database the database
 * @param reason why work goes there
 */
record DatabaseChoice(Database database, DatabaseReason reason) {
}
