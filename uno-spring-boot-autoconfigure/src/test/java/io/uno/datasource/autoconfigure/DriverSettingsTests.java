package io.uno.datasource.autoconfigure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class DriverSettingsTests {

	private static final String ATLAS = "uno.databases.atlas.url=jdbc:postgresql://localhost/atlas";

	private static final String EAST = "uno.databases.atlas.replicas.east.url=jdbc:postgresql://localhost/atlas";

	private static final String BOOT = "spring.datasource.url=jdbc:postgresql://localhost/shop";

	private static final String BOOT_EAST = "uno.replicas.east.url=jdbc:postgresql://localhost/shop";

	@Test
	void postgresIsNotWaitedForWithoutEnd() {
		StartUp.with(ATLAS, EAST).succeeds((context) -> {
			assertThat(properties(context, "atlas.main")).containsOnly(entry("connectTimeout", "5"),
					entry("loginTimeout", "30"), entry("tcpKeepAlive", "true"));
			assertThat(properties(context, "atlas.east")).containsOnly(entry("connectTimeout", "5"),
					entry("loginTimeout", "10"), entry("tcpKeepAlive", "true"));
		});
	}

	private static Map.Entry<Object, Object> entry(Object name, Object value) {
		return Map.entry(name, value);
	}

	@Test
	void whatTheUrlSaysStays() {
		StartUp.with(ATLAS + "?connectTimeout=3&tcpKeepAlive=false", EAST + "?ssl=false&loginTimeout=2")
			.succeeds((context) -> {
				assertThat(properties(context, "atlas.main")).containsOnlyKeys("loginTimeout");
				assertThat(properties(context, "atlas.east")).containsOnlyKeys("connectTimeout", "tcpKeepAlive");
			});
	}

	@Test
	void whatThePoolSaysStays() {
		StartUp
			.with(ATLAS, EAST, "uno.hikari.data-source-properties.connectTimeout=7",
					"uno.databases.atlas.hikari.data-source-properties.loginTimeout=8",
					"uno.databases.atlas.replicas.east.hikari.data-source-properties.tcpKeepAlive=false")
			.succeeds((context) -> {
				assertThat(properties(context, "atlas.main")).contains(entry("connectTimeout", "7"),
						entry("loginTimeout", "8"), entry("tcpKeepAlive", "true"));
				assertThat(properties(context, "atlas.east")).contains(entry("connectTimeout", "7"),
						entry("loginTimeout", "8"), entry("tcpKeepAlive", "false"));
			});
	}

	@Test
	void whatAServiceFileMaySayStays() {
		StartUp.with("uno.databases.atlas.url=jdbc:postgresql:///?service=atlas")
			.succeeds((context) -> assertThat(properties(context, "atlas.main")).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mariadb://localhost/atlas" })
	void mariaDbIsNotWaitedForWithoutEnd(String url) {
		StartUp.with("uno.databases.atlas.url=" + url)
			.succeeds((context) -> assertThat(properties(context, "atlas.main"))
				.containsOnly(entry("connectTimeout", "5000")));
	}

	@Test
	void otherDriversAreLeftAlone() {
		StartUp.with("uno.databases.atlas.url=jdbc:h2:mem:atlas")
			.succeeds((context) -> assertThat(properties(context, "atlas.main")).isEmpty());
	}

	@Test
	void bootsPrimaryStaysAsItIsAndItsReplicasInherit() {
		StartUp.with(BOOT, BOOT_EAST, "spring.datasource.hikari.data-source-properties.connectTimeout=4")
			.succeeds((context) -> {
				HikariDataSource primary = context.getBean("dataSource", DataSource.class)
					.unwrap(HikariDataSource.class);
				assertThat(primary.getDataSourceProperties()).containsOnly(entry("connectTimeout", "4"));
				assertThat(properties(context, "default.east")).containsOnly(entry("connectTimeout", "4"),
						entry("loginTimeout", "10"), entry("tcpKeepAlive", "true"));
			});
	}

	@Test
	void effectiveValuesAreToldOnce(CapturedOutput output) {
		StartUp
			.with(ATLAS, EAST + "?connectTimeout=2&password=s3cret",
					"uno.databases.journal.url=jdbc:h2:mem:journal;PASSWORD=s3cret", "uno.default-database=atlas")
			.succeeds();
		assertThat(output).containsOnlyOnce("Driver settings: ")
			.contains("Driver settings: connectTimeout=5, loginTimeout=30, tcpKeepAlive=true (atlas.main); "
					+ "connectTimeout=2, loginTimeout=10, tcpKeepAlive=true (atlas.east); "
					+ "as the driver has them (journal.main)")
			.doesNotContain("s3cret");
	}

	@Test
	void nothingIsToldWhereNothingIsDeclared(CapturedOutput output) {
		StartUp.with(BOOT).succeeds();
		assertThat(output).doesNotContain("Driver settings");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 17 })
	void openingAReplicasPoolLeavesTheTimeoutOfOtherPoolsAlone(int timeout) throws SQLException {
		int before = DriverManager.getLoginTimeout();
		DriverManager.setLoginTimeout(timeout);
		try (NodePool pool = new NodePool()) {
			pool.setJdbcUrl("jdbc:h2:mem:timeout");
			pool.setConnectionTimeout(1000);
			try (Connection connection = pool.getConnection()) {
				assertThat(connection.isValid(1)).isTrue();
			}
			assertThat(DriverManager.getLoginTimeout()).isEqualTo(timeout);
		}
		finally {
			DriverManager.setLoginTimeout(before);
		}
	}

	private static Properties properties(ApplicationContext context, String pool) {
		return context.getBean(pool, HikariDataSource.class).getDataSourceProperties();
	}

}
