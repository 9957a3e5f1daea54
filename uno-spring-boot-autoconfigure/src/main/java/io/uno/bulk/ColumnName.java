package io.uno.bulk;

import java.util.Locale;

/**
 * A column's name as Hibernate writes it in SQL, quoted where needed.
 *
 * @param expression the name
 */
record ColumnName(String expression) {

	private boolean isQuoted() {
		return "\"`[".indexOf(this.expression.charAt(0)) >= 0;
	}

	/**
	 * Return the name without quotes.
	 * @return the name, which the catalog may have in another case when it was not quoted
	 */
	String plain() {
		return isQuoted() ? this.expression.substring(1, this.expression.length() - 1) : this.expression;
	}

	/**
	 * Return a form of the name that is equal for all ways of writing it.
	 * @return the name without quotes in lower case
	 */
	String normalized() {
		return plain().toLowerCase(Locale.ROOT);
	}

	boolean matches(String catalogName) {
		return isQuoted() ? plain().equals(catalogName) : plain().equalsIgnoreCase(catalogName);
	}

}
