package io.uno.routing;

import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Thrown when work is to act on another's behalf than the transaction that it joins.
 *
 * @since 0.1.0
 */
public class ContextSwitchException extends InvalidDataAccessApiUsageException {

	private static final long serialVersionUID = 1L;

	private final ContextSetting setting;

	private final @Nullable String current;

	private final String requested;

	/**
	 * Creates the exception.
	 * @param setting what differs
	 * @param current what the transaction has, {@code null} when it has none
	 * @param requested what was asked for
	 */
	public ContextSwitchException(ContextSetting setting, @Nullable String current, String requested) {
		super("The running transaction has %s and can't take %s '%s'; start another one for it (Propagation.REQUIRES_NEW)"
			.formatted(having(setting, current), TransactionContext.describe(setting), requested));
		this.setting = setting;
		this.current = current;
		this.requested = requested;
	}

	private static String having(ContextSetting setting, @Nullable String current) {
		String described = TransactionContext.describe(setting);
		return (current != null) ? "%s '%s'".formatted(described, current) : "no " + described;
	}

	/**
	 * Returns what differs.
	 * @return role, tenant or user
	 */
	public ContextSetting getSetting() {
		return this.setting;
	}

	/**
	 * Returns what the transaction has.
	 * @return the name, or {@code null} when it has none
	 */
	public @Nullable String getCurrent() {
		return this.current;
	}

	/**
	 * Returns what was asked for.
	 * @return the name
	 */
	public String getRequested() {
		return this.requested;
	}

}
