package io.uno.embedded;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Statements that take no parameters of the protocol. The server itself quotes what goes
 * into them.
 */
final class Statements {

	private Statements() {
	}

	/**
	 * Execute a statement.
	 * @param jdbc the connection
	 * @param template the statement, with {@code %I} for an identifier and {@code %L} for
	 * a literal
	 * @param values what to put in
	 */
	static void execute(JdbcTemplate jdbc, String template, String... values) {
		String statement = jdbc.queryForObject("SELECT format(?, VARIADIC ?::text[])", String.class, template, values);
		jdbc.execute((statement != null) ? statement : template);
	}

}
