package io.uno.plain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as it is with databases of uno's, of which its tests use none.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "uno.default-database=library",
		"uno.databases.library.url=jdbc:postgresql://127.0.0.1:1/library",
		"uno.databases.library.replicas.east.url=jdbc:postgresql://127.0.0.1:1/library",
		"uno.databases.journal.url=jdbc:postgresql://127.0.0.1:1/journal",
		"uno.databases.journal.packages=io.uno.plain.journal" })
class ReplacedDatabasesTests extends AbstractLibraryTests {

	@Test
	void saysThatRoutingIsOff(CapturedOutput output) {
		assertThat(output).contains("Routing is off: the data source was replaced by one of type "
				+ "org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseFactory$EmbeddedDataSourceProxy, "
				+ "which all statements go to");
	}

}
