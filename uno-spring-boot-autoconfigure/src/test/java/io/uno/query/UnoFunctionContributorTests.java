package io.uno.query;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.query.sqm.function.SqmFunctionDescriptor;
import org.hibernate.query.sqm.function.SqmFunctionRegistry;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.spi.TypeConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnoFunctionContributorTests {

	private final Contributions contributions = new Contributions(new PostgreSQLDialect());

	@Test
	void contributesToPostgres() {
		new UnoFunctionContributor().contributeFunctions(this.contributions);
		assertThat(this.contributions.getFunctionRegistry().findFunctionDescriptor("similarity")).isNotNull();
		assertThat(this.contributions.getFunctionRegistry().findFunctionDescriptor("range_contains")).isNotNull();
	}

	@Test
	void leavesAFunctionOfTheApplication() {
		SqmFunctionDescriptor own = this.contributions.getFunctionRegistry().registerNamed("similarity");
		new UnoFunctionContributor().contributeFunctions(this.contributions);
		assertThat(this.contributions.getFunctionRegistry().findFunctionDescriptor("similarity")).isSameAs(own);
	}

	@Test
	void contributesNothingToAnotherDatabase() {
		Contributions h2 = new Contributions(new H2Dialect());
		new UnoFunctionContributor().contributeFunctions(h2);
		assertThat(h2.getFunctionRegistry().findFunctionDescriptor("similarity")).isNull();
		assertThat(h2.getFunctionRegistry().findFunctionDescriptor("range_contains")).isNull();
	}

	private static final class Contributions implements FunctionContributions {

		private final SqmFunctionRegistry functions = new SqmFunctionRegistry();

		private final TypeConfiguration types = new TypeConfiguration();

		private final StandardServiceRegistry services = new StandardServiceRegistryBuilder()
			.applySetting("hibernate.boot.allow_jdbc_metadata_access", false)
			.applySetting("hibernate.dialect", H2Dialect.class.getName())
			.build();

		private final Dialect dialect;

		Contributions(Dialect dialect) {
			this.dialect = dialect;
		}

		@Override
		public TypeConfiguration getTypeConfiguration() {
			return this.types;
		}

		@Override
		public SqmFunctionRegistry getFunctionRegistry() {
			return this.functions;
		}

		@Override
		public ServiceRegistry getServiceRegistry() {
			return this.services;
		}

		@Override
		public Dialect getDialect() {
			return this.dialect;
		}

	}

}
