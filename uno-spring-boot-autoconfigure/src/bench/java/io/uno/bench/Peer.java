package io.uno.bench;

/**
 * One of several ways to do the same, compared with the others.
 *
 * @param name what it is called in the tables
 * @param operation what is timed
 */
record Peer(String name, Operation operation) {

	/**
	 * Something that is done once in each round.
	 */
	@FunctionalInterface
	interface Operation {

		void run() throws Exception;

	}

}
