package io.uno.routing;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import io.uno.datasource.Database;
import io.uno.datasource.Databases;
import io.uno.dialect.ContextSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * On whose behalf a transaction acts: the role, the tenant, the user and the request that
 * the server is told of when the transaction begins, and has forgotten when it ends.
 *
 * <pre class="code">
 * TransactionContext.none().withRole("auditor").withTenant(7)
 * </pre>
 *
 * Immutable.
 *
 * @since 0.1.0
 * @see DatabaseClaims#act
 */
public final class TransactionContext {

	private static final TransactionContext NONE = new TransactionContext(new EnumMap<>(ContextSetting.class));

	/**
	 * What tells work apart but gives it no rights, and so may differ in work that joins.
	 */
	private static final Set<ContextSetting> LABELS = Set.of(ContextSetting.REQUEST, ContextSetting.NAME);

	private final Map<ContextSetting, String> values;

	private TransactionContext(Map<ContextSetting, String> values) {
		this.values = Collections.unmodifiableMap(values);
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
	 * Returns this context with a role.
	 * @param role name of the database role
	 * @return a copy of this context
	 */
	public TransactionContext withRole(String role) {
		return with(ContextSetting.ROLE, role);
	}

	/**
	 * Returns this context with a tenant.
	 * @param tenant the tenant, told to the server by its {@code toString()}
	 * @return a copy of this context
	 */
	public TransactionContext withTenant(Object tenant) {
		return with(ContextSetting.TENANT, tenant.toString());
	}

	/**
	 * Returns this context with a user.
	 * @param user name of the user
	 * @return a copy of this context
	 */
	public TransactionContext withUser(String user) {
		return with(ContextSetting.USER, user);
	}

	/**
	 * Returns this context with a request.
	 * @param request id of the request
	 * @return a copy of this context
	 */
	public TransactionContext withRequest(String request) {
		return with(ContextSetting.REQUEST, request);
	}

	/**
	 * Returns this context with what another one has and this one has not.
	 * @param other where the rest comes from
	 * @return a context with the settings of both, of which these win
	 */
	public TransactionContext orElse(TransactionContext other) {
		if (other.isEmpty()) {
			return this;
		}
		if (isEmpty()) {
			return other;
		}
		Map<ContextSetting, String> merged = new EnumMap<>(other.values);
		merged.putAll(this.values);
		return new TransactionContext(merged);
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
	 * Whether it is someone in particular: a role, a tenant or a user is set, and not
	 * only what tells work apart.
	 * @return {@code true} when the transaction sees, or does, something else for it
	 */
	public boolean isForSomeone() {
		return !isEmpty() && !LABELS.containsAll(this.values.keySet());
	}

	/**
	 * Everything that is set, in the order in which the server is told.
	 */
	Map<ContextSetting, String> values() {
		return this.values;
	}

	/**
	 * Makes sure that what another context asks for is what this one gives. What it does
	 * not ask for it has from here.
	 */
	void requireSame(TransactionContext requested) {
		requested.values.forEach((setting, value) -> {
			if (!LABELS.contains(setting) && !value.equals(this.values.get(setting))) {
				throw new ContextSwitchException(setting, this.values.get(setting), value);
			}
		});
	}

	/**
	 * Makes sure that a transaction on a database may act as the role.
	 */
	void requirePermitted(Databases databases, String database) {
		if (!isEmpty()) {
			requirePermitted(databases.get(database));
		}
	}

	/**
	 * Makes sure that a transaction on a database may act as the role.
	 */
	void requirePermitted(Database database) {
		if (isEmpty()) {
			return;
		}
		String role = get(ContextSetting.ROLE);
		if (role != null && !database.roles().contains(role)) {
			throw new RoleNotPermittedException(role, database);
		}
	}

	static String describe(ContextSetting setting) {
		return switch (setting) {
			case ROLE -> "role";
			case TENANT -> "tenant";
			case USER -> "user";
			case REQUEST -> "request";
			case NAME -> "name";
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
