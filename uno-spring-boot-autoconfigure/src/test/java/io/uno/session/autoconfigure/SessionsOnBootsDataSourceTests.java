package io.uno.session.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Tests templates where they are all that uno adds.
 */
@SpringBootTest(classes = SessionApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = { "spring.datasource.hikari.maximum-pool-size=2", "spring.flyway.enabled=false" })
@EmbeddedPostgres
class SessionsOnBootsDataSourceTests extends SessionTemplateContract {

	@Autowired
	SessionsOnBootsDataSourceTests(SessionTemplate sessions, JdbcTemplate jdbc, EntityManager entityManager,
			PlatformTransactionManager transactionManager, HikariDataSource pool, PostgresCluster cluster) {
		super(sessions, jdbc, entityManager, transactionManager, pool, cluster);
	}

}
