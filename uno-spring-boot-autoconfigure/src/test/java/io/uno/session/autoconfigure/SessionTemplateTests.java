package io.uno.session.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import io.uno.embedded.PostgresCluster;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import io.uno.session.SessionTemplate;
import jakarta.persistence.EntityManager;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Tests templates on a data source of uno's.
 */
@SpringBootTest(classes = SessionApplication.class, webEnvironment = WebEnvironment.NONE,
		properties = { "uno.default-database=atlas", "uno.databases.atlas.hikari.maximum-pool-size=2",
				"spring.flyway.enabled=false" })
@EmbeddedPostgres
class SessionTemplateTests extends SessionTemplateContract {

	@Autowired
	SessionTemplateTests(SessionTemplate sessions, JdbcTemplate jdbc, EntityManager entityManager,
			PlatformTransactionManager transactionManager, @Qualifier("atlas.main") HikariDataSource pool,
			PostgresCluster cluster) {
		super(sessions, jdbc, entityManager, transactionManager, pool, cluster);
	}

}
