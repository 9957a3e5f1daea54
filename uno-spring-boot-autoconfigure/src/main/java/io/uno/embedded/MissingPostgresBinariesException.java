package io.uno.embedded;

/**
 * No PostgreSQL binaries for this machine are on the class path.
 *
 * @since 0.1.0
 */
public class MissingPostgresBinariesException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	private final String platform;

	private final String artifact;

	MissingPostgresBinariesException(String platform, String artifact, Throwable cause) {
		super("No PostgreSQL binaries for the platform '%s' are on the class path; add the dependency '%s'"
			.formatted(platform, artifact), cause);
		this.platform = platform;
		this.artifact = artifact;
	}

	/**
	 * Return the platform that this machine is.
	 * @return operating system and architecture, such as {@code linux-arm64v8}
	 */
	public String getPlatform() {
		return this.platform;
	}

	/**
	 * Return the artifact that brings the binaries of the platform.
	 * @return group id and artifact id, separated by a colon
	 */
	public String getArtifact() {
		return this.artifact;
	}

}
