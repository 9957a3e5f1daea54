package io.uno.query;

import java.util.Objects;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.query.sqm.function.SqmFunctionRegistry;
import org.hibernate.type.BasicType;
import org.hibernate.type.BasicTypeReference;
import org.hibernate.type.StandardBasicTypes;

/**
 * Registers functions of PostgreSQL with Hibernate, which finds this class by itself, for
 * HQL and criteria:
 * <ul>
 * <li>{@code similarity(text, text)}: how alike two texts are, a {@code Double} from 0 to
 * 1; it needs the extension {@code pg_trgm};</li>
 * <li>{@code range_contains(range, value)}: whether a range holds a value or another
 * range, a {@code Boolean}.</li>
 * </ul>
 *
 * Functions of these names that the application registers itself stay.
 *
 * @since 0.1.0
 */
public final class UnoFunctionContributor implements FunctionContributor {

	/**
	 * Create the contributor; called by Hibernate.
	 */
	public UnoFunctionContributor() {
	}

	@Override
	public void contributeFunctions(FunctionContributions contributions) {
		if (contributions.getDialect() instanceof PostgreSQLDialect) {
			register(contributions, "similarity", "similarity(?1,?2)", StandardBasicTypes.DOUBLE);
			register(contributions, "range_contains", "(?1@>?2)", StandardBasicTypes.BOOLEAN);
		}
	}

	private static void register(FunctionContributions contributions, String name, String pattern,
			BasicTypeReference<?> type) {
		SqmFunctionRegistry registry = contributions.getFunctionRegistry();
		BasicType<?> result = contributions.getTypeConfiguration().getBasicTypeRegistry().resolve(type);
		if (registry.findFunctionDescriptor(name) == null) {
			registry.patternDescriptorBuilder(name, pattern)
				.setExactArgumentCount(2)
				.setInvariantType(Objects.requireNonNull(result))
				.register();
		}
	}

	/**
	 * After the functions of the application, whose order is 1000 unless they say
	 * otherwise.
	 */
	@Override
	public int ordinal() {
		return 2000;
	}

}
