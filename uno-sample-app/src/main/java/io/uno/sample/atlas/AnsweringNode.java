package io.uno.sample.atlas;

/**
 * The server that answered.
 *
 * @param name what it is called in the configuration
 * @param duty whether it is the primary or a replica, as it says itself
 * @param port the port that it listens on, as it says itself
 * @param reason why it was chosen
 */
public record AnsweringNode(String name, String duty, int port, String reason) {

	@Override
	public String toString() {
		return "%s (%s, port %d): %s".formatted(this.name, this.duty, this.port, this.reason);
	}

}
