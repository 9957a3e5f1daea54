package io.uno.datasource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PoolSettingsCopyTests {

	@Test
	void whatIsAddedToTheCopyIsNotAddedToTheOriginal() {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.addDataSourceProperty("connectTimeout", "4");
			pool.addHealthCheckProperty("expected99thPercentileMs", "5");
			HikariConfig copy = PoolSettings.copyOf(pool);
			assertThat(copy.getDataSourceProperties()).containsOnlyKeys("connectTimeout");
			assertThat(copy.getHealthCheckProperties()).containsOnlyKeys("expected99thPercentileMs");
			copy.addDataSourceProperty("tcpKeepAlive", "true");
			copy.addHealthCheckProperty("connectivityCheckTimeoutMs", "6");
			assertThat(pool.getDataSourceProperties()).containsOnlyKeys("connectTimeout");
			assertThat(pool.getHealthCheckProperties()).containsOnlyKeys("expected99thPercentileMs");
		}
	}

}
