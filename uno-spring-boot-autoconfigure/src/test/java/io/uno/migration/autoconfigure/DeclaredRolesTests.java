package io.uno.migration.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class DeclaredRolesTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void thereMayBeNone() {
		assertThat(DeclaredRoles.of(this.environment, "atlas")).isEmpty();
	}

	@Test
	void rolesAndUsersOfTheDatabase() {
		this.environment.withProperty("uno.roles", "reader,auditor")
			.withProperty("uno.databases.atlas.roles[0]", "writer")
			.withProperty("uno.databases.atlas.username", "atlas_app")
			.withProperty("uno.databases.atlas.flyway.user", "atlas_owner")
			.withProperty("uno.databases.journal.username", "journal_app");
		assertThat(DeclaredRoles.of(this.environment, "atlas")).containsExactlyInAnyOrder("reader", "auditor", "writer",
				"atlas_app", "atlas_owner");
	}

	@Test
	void usersOfBootsDataSource() {
		this.environment.withProperty("spring.datasource.username", "app").withProperty("spring.flyway.user", "owner");
		assertThat(DeclaredRoles.of(this.environment, "default")).containsExactlyInAnyOrder("app", "owner");
	}

}
