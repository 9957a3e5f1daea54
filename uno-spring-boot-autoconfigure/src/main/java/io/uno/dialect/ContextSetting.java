package io.uno.dialect;

/**
 * A setting of the server that carries a part of a transaction's context. It is set for
 * the transaction only, and read in policies and triggers by
 * {@code current_setting(name, true)}, which is null or empty where it was not set.
 *
 * @since 0.1.0
 */
public enum ContextSetting {

	/**
	 * The database role that the transaction acts as.
	 */
	ROLE("role"),

	/**
	 * The customer on whose behalf the transaction acts.
	 */
	TENANT("uno.tenant"),

	/**
	 * The user on whose behalf the transaction acts.
	 */
	USER("uno.user"),

	/**
	 * The request that the transaction serves, to find its traces by.
	 */
	REQUEST("uno.request"),

	/**
	 * What the work is called, as the server's statistics and log show it.
	 */
	NAME("application_name");

	private final String parameter;

	ContextSetting(String parameter) {
		this.parameter = parameter;
	}

	/**
	 * Returns the name that the server knows the setting by.
	 * @return the name of the configuration parameter
	 */
	public String parameter() {
		return this.parameter;
	}

}
