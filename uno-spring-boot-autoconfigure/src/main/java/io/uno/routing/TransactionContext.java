package io.uno.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * On whose behalf a transaction acts: the role, the tenant and the user that the server
 * is told of when the transaction begins, and has forgotten when it ends.
 *
 * <pre class="code">
 * TransactionContext.none().with(ContextSetting.ROLE, "auditor").with(ContextSetting.TENANT, "7")
 * </pre>
 *
 * Immutable.
 *
 * @since 0.1.0
 * @see DatabaseClaims#act
 */
public final class TransactionContext {

	private static final TransactionContext NONE = new TransactionContext(new EnumMap<>(ContextSetting.class));

	private final Map<ContextSetting, String> values;

	private final String statement;

	private TransactionContext(Map<ContextSetting, String> values) {
		this.values = Collections.unmodifiableMap(values);
		this.statement = values.keySet()
			.stream()
			.map((setting) -> "set_config('%s', ?, true)".formatted(setting.parameter()))
			.collect(Collectors.joining(", ", "select ", ""));
	}

	/**
	 * Returns the context of a transaction that acts as the connection's user, for nobody
	 * in particular.
	 * @return a context without any setting
	 */
	public static TransactionContext none() {
		return NONE;
	}

	/**
	 * Returns this context with another setting, or another value of one.
	 * @param setting the setting
	 * @param value its value
	 * @return a copy of this context
	 * @throws IllegalArgumentException if the value is empty, which the server can't tell
	 * from one that is not set
	 */
	public TransactionContext with(ContextSetting setting, String value) {
		Assert.hasText(value, () -> "A transaction can't act with an empty %s".formatted(describe(setting)));
		Map<ContextSetting, String> changed = new EnumMap<>(ContextSetting.class);
		changed.putAll(this.values);
		changed.put(setting, value);
		return new TransactionContext(changed);
	}

	/**
	 * Returns the value of a setting.
	 * @param setting the setting
	 * @return its value, or {@code null} when it is not set
	 */
	public @Nullable String get(ContextSetting setting) {
		return this.values.get(setting);
	}

	/**
	 * Whether nothing is set.
	 * @return {@code true} when the server need not be told anything
	 */
	public boolean isEmpty() {
		return this == NONE;
	}

	/**
	 * Makes sure that what another context asks for is what this one gives. What it does
	 * not ask for it has from here.
	 */
	void requireSame(TransactionContext requested) {
		requested.values.forEach((setting, value) -> {
			if (!value.equals(this.values.get(setting))) {
				throw new ContextSwitchException(setting, this.values.get(setting), value);
			}
		});
	}

	/**
	 * Tells the server, for its running transaction only.
	 */
	void applyTo(Connection connection) throws SQLException {
		try (PreparedStatement settings = connection.prepareStatement(this.statement)) {
			int index = 1;
			for (String value : this.values.values()) {
				settings.setString(index++, value);
			}
			settings.execute();
		}
	}

	static String describe(ContextSetting setting) {
		return switch (setting) {
			case ROLE -> "role";
			case TENANT -> "tenant";
			case USER -> "user";
		};
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TransactionContext context && this.values.equals(context.values);
	}

	@Override
	public int hashCode() {
		return this.values.hashCode();
	}

	@Override
	public String toString() {
		return "TransactionContext" + this.values;
	}

}
