package io.uno.routing;

/**
 * What an operation needs of a node.
 *
 * @since 0.1.0
 */
public enum Access {

	/** Reads only; any node that has the data will do. */
	READ,

	/** May write; only the primary will do. */
	WRITE

}
