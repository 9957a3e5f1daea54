package io.uno.routing.autoconfigure;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.uno.datasource.UnknownDatabaseException;
import io.uno.dialect.ContextSetting;
import io.uno.routing.ActingAs;
import io.uno.routing.DatabaseClaims;
import io.uno.routing.Fresh;
import io.uno.routing.Freshness;
import io.uno.routing.TransactionContext;
import io.uno.routing.UseDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Finds what {@link UseDatabase}, {@link Fresh} and {@link ActingAs} say of a method.
 * Safe for use by many threads.
 */
class RouteAnnotations {

	private final Supplier<DatabaseClaims> claims;

	private final Function<@Nullable String, Optional<Duration>> leastBound;

	private final Map<MethodClassKey, RouteDeclaration> declarations = new ConcurrentHashMap<>();

	/**
	 * Creates a finder.
	 * @param claims knows the databases
	 * @param leastBound tells the least bound of a freshness that a replica of a database
	 * can meet, or of any database where none is named; empty where there is no replica
	 */
	RouteAnnotations(Supplier<DatabaseClaims> claims, Function<@Nullable String, Optional<Duration>> leastBound) {
		this.claims = claims;
		this.leastBound = leastBound;
	}

	DatabaseClaims claims() {
		return this.claims.get();
	}

	/**
	 * Whether anything is said of a method, be it right or wrong.
	 */
	boolean isPresent(Method method, Class<?> type) {
		return isSubject(method) && (find(method, type, UseDatabase.class) != null
				|| find(method, type, Fresh.class) != null || find(method, type, ActingAs.class) != null);
	}

	/**
	 * What is said of a method, by itself or by its class.
	 * @throws IllegalStateException if that can't be right
	 */
	RouteDeclaration of(Method method, Class<?> type) {
		MethodClassKey key = new MethodClassKey(method, type);
		RouteDeclaration known = this.declarations.get(key);
		if (known == null) {
			known = isSubject(method) ? read(method, type) : RouteDeclaration.NONE;
			this.declarations.put(key, known);
		}
		return known;
	}

	private static boolean isSubject(Method method) {
		return method.getDeclaringClass() != Object.class;
	}

	private RouteDeclaration read(Method method, Class<?> type) {
		UseDatabase database = find(method, type, UseDatabase.class);
		Fresh fresh = find(method, type, Fresh.class);
		String subject = ClassUtils.getQualifiedMethodName(method, ClassUtils.getUserClass(type));
		String name = (database != null) ? require(database.value(), subject) : null;
		boolean ofMethod = findOnMethod(method, type, UseDatabase.class) != null;
		ActingAs acting = find(method, type, ActingAs.class);
		return new RouteDeclaration(name, ofMethod, (fresh != null) ? freshness(fresh, name, subject) : null,
				(acting != null) ? context(acting, name, subject) : TransactionContext.none());
	}

	/**
	 * Whether anything read so far acts on a tenant's behalf, or as a role.
	 */
	boolean isSeparating() {
		return this.declarations.values()
			.stream()
			.map(RouteDeclaration::acting)
			.anyMatch((context) -> context.get(ContextSetting.TENANT) != null
					|| context.get(ContextSetting.ROLE) != null);
	}

	private TransactionContext context(ActingAs acting, @Nullable String database, String subject) {
		TransactionContext context = TransactionContext.none();
		if (!acting.role().isEmpty()) {
			context = context.withRole(permitted(acting.role(), database, subject));
		}
		if (!acting.tenant().isEmpty()) {
			context = context.withTenant(acting.tenant());
		}
		if (!acting.user().isEmpty()) {
			context = context.withUser(acting.user());
		}
		Assert.state(!context.isEmpty(),
				() -> "@ActingAs of '%s' does not say on whose behalf; give a role, a tenant or a user"
					.formatted(subject));
		return context;
	}

	/**
	 * A role that one of the databases permits that it may be used on.
	 */
	private String permitted(String role, @Nullable String database, String subject) {
		List<String> permitted = claims().permittedRoles(database);
		Assert.state(permitted.contains(role),
				() -> "@ActingAs of '%s' names the role '%s', which is not permitted%s; permitted: %s. Roles are permitted by 'uno.roles' and 'uno.databases.<name>.roles'"
					.formatted(subject, role, (database != null) ? " on database '%s'".formatted(database) : "",
							permitted.isEmpty() ? "none" : String.join(", ", permitted)));
		return role;
	}

	private static <A extends Annotation> @Nullable A find(Method method, Class<?> type, Class<A> annotation) {
		A found = findOnMethod(method, type, annotation);
		return (found != null) ? found
				: AnnotatedElementUtils.findMergedAnnotation(ClassUtils.getUserClass(type), annotation);
	}

	private static <A extends Annotation> @Nullable A findOnMethod(Method method, Class<?> type, Class<A> annotation) {
		Method specific = AopUtils.getMostSpecificMethod(method, ClassUtils.getUserClass(type));
		A found = AnnotatedElementUtils.findMergedAnnotation(specific, annotation);
		return (found != null) ? found : AnnotatedElementUtils.findMergedAnnotation(method, annotation);
	}

	private String require(String name, String subject) {
		try {
			return claims().require(name);
		}
		catch (UnknownDatabaseException ex) {
			throw new IllegalStateException(
					"@UseDatabase of '%s' names '%s', but no database is called so; name one of %s".formatted(subject,
							name, String.join(", ", ex.getKnown())),
					ex);
		}
	}

	private Freshness freshness(Fresh fresh, @Nullable String database, String subject) {
		if (!fresh.atMost().isEmpty()) {
			return atMost(fresh.atMost(), database, subject);
		}
		return switch (fresh.value()) {
			case ANY -> Freshness.any();
			case OWN_WRITES -> Freshness.ownWrites();
			case LATEST -> Freshness.latest();
			case AT_MOST -> throw new IllegalStateException(
					"@Fresh of '%s' does not say by how much a replica may be behind; give it as in @Fresh(atMost = \"2s\")"
						.formatted(subject));
		};
	}

	private Freshness atMost(String text, @Nullable String database, String subject) {
		Freshness freshness = parse(text, subject);
		Duration bound = freshness.bound();
		Assert.state(bound != null, () -> describe(text, subject));
		this.leastBound.apply(database)
			.ifPresent((least) -> Assert.state(bound.compareTo(least) >= 0,
					() -> "@Fresh of '%s' allows a replica to be behind by '%s', but replicas are asked each %s at the most, so that none would ever do; allow more, or lower 'uno.reads.probe-interval'"
						.formatted(subject, text, Freshness.atMost(least))));
		return freshness;
	}

	private static Freshness parse(String text, String subject) {
		try {
			return Freshness.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException(describe(text, subject), ex);
		}
	}

	private static String describe(String text, String subject) {
		return "@Fresh of '%s' has atMost = \"%s\", which is no duration above zero; give one such as \"2s\""
			.formatted(subject, text);
	}

}
