package io.uno.datasource;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

class NodeStateTests {

	@Test
	void problemIsTheDriversNotThePoolsTimeout() {
		SQLException refused = new SQLException("Connection to db-2:5432 refused");
		SQLException timeout = new SQLTransientConnectionException("Timed out after 1000ms", "08001", refused);
		assertThat(NodeState.unreachable(timeout).problem()).isEqualTo("Connection to db-2:5432 refused");
	}

	@Test
	void problemIsThePoolsTimeoutWhereNoConnectionFailed() {
		SQLException timeout = new SQLTransientConnectionException("Timed out after 1000ms (total=10)");
		assertThat(NodeState.unreachable(timeout).problem()).isEqualTo("Timed out after 1000ms (total=10)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgresql://joe:s3cret@127.0.0.1/shop",
			"jdbc:postgresql://joe:@s3cret@/x@127.0.0.1/shop", "jdbc:postgresql://joe:s3cret@127.0.0.1:1/shop",
			"jdbc:postgresql://127.0.0.1:none/shop?user=joe&password=s3cret",
			"jdbc:postgresql://127.0.0.1:none/shop?sslPassword=s3cret&user=joe",
			"jdbc:postgresql://127.0.0.1:1/shop?user=joe&password=s3cret", "jdbc:unknown://joe:s3cret@127.0.0.1/shop",
			"jdbc:unknown://127.0.0.1/shop?PASSWORD=s3cret" })
	void problemNeverHoldsThePasswordOfAUrl(String url) {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(url);
			pool.setUsername("joe");
			pool.setPassword("s3cret");
			pool.setConnectionTimeout(250);
			pool.setInitializationFailTimeout(-1);
			if (url.startsWith("jdbc:postgresql:")) {
				pool.setDriverClassName("org.postgresql.Driver");
			}
			Exception failure = catchException(pool::getConnection);
			assertThat(failure).isNotNull();
			assertThat(NodeState.unreachable(failure).problem()).isNotEqualTo("null").doesNotContain("s3cret");
		}
	}

}
