package io.uno.bulk;

/**
 * A column that the table really has.
 *
 * @param name its name in the catalog
 * @param type the name of its type, below all domains, as PostgreSQL's catalog has it
 * @param enumeration whether that type is an enum
 * @param length the greatest number of characters, or 0 when there is no limit
 * @param precision the greatest number of digits, or 0 when there is no limit
 * @param scale the number of digits after the decimal point
 * @param notNull whether null is refused
 */
record TableColumn(String name, String type, boolean enumeration, int length, int precision, int scale,
		boolean notNull) {

}
