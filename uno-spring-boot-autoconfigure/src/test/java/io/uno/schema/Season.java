package io.uno.schema;

/**
 * A type of the server's.
 */
enum Season {

	SUMMER, WINTER

}
