package io.uno.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

import de.bytefish.pgbulkinsert.PgBulkInsert;
import io.uno.bulk.BulkService;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ways to insert a list of readings, each in one transaction over a connection from
 * the application's pool.
 */
final class InsertPeers {

	static final String UNO = "uno BulkService.insert";

	static final String PG_BULK_INSERT = "PgBulkInsert, mapping by hand";

	static final String PAYLOAD = "COPY, payload encoded before";

	static final String BATCH = "JdbcTemplate.batchUpdate, rewritten";

	static final String SAVE_ALL = "saveAll, batches, rewritten";

	private static final int CHUNK = 64 * 1024;

	private static final String INSERT = "insert into reading (id, sensor, site, note, samples, celsius, valid, taken_at)"
			+ " values (?, ?, ?, ?, ?, ?, ?, ?)";

	private final List<Reading> readings;

	private final ReadingMapping mapping = new ReadingMapping();

	private final PgBulkInsert<Reading> pgBulkInsert = new PgBulkInsert<>(this.mapping);

	private final byte[] payload;

	private final BulkService bulk;

	private final ReadingRepository repository;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	InsertPeers(ApplicationContext context, List<Reading> readings) {
		this.readings = readings;
		this.payload = this.mapping.encode(readings);
		this.bulk = context.getBean(BulkService.class);
		this.repository = context.getBean(ReadingRepository.class);
		this.jdbc = new JdbcTemplate(context.getBean(DataSource.class));
		this.transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	List<Peer> all() {
		return List.of(new Peer(UNO, () -> this.bulk.insert(Reading.class).from(this.readings)),
				new Peer(PG_BULK_INSERT, () -> inTransaction(this::savePgBulkInsert)),
				new Peer(PAYLOAD, () -> inTransaction(this::copyPayload)), new Peer(BATCH, this::batchUpdate),
				new Peer(SAVE_ALL, () -> this.repository.saveAll(this.readings)));
	}

	int payloadBytes() {
		return this.payload.length;
	}

	private void inTransaction(ConnectionCallback<Boolean> work) {
		this.transactions.executeWithoutResult((status) -> this.jdbc.execute(work));
	}

	private boolean savePgBulkInsert(Connection connection) throws SQLException {
		this.pgBulkInsert.saveAll(connection.unwrap(PGConnection.class), this.readings);
		return true;
	}

	private boolean copyPayload(Connection connection) throws SQLException {
		CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(this.mapping.getCopyCommand());
		for (int start = 0; start < this.payload.length; start += CHUNK) {
			copy.writeToCopy(this.payload, start, Math.min(CHUNK, this.payload.length - start));
		}
		copy.endCopy();
		return true;
	}

	private void batchUpdate() {
		this.transactions.executeWithoutResult((status) -> this.jdbc.batchUpdate(INSERT, this.readings,
				ReadingApplication.BATCH_SIZE, InsertPeers::bind));
	}

	private static void bind(PreparedStatement statement, Reading reading) throws SQLException {
		statement.setLong(1, reading.getId());
		statement.setObject(2, reading.getSensor());
		statement.setString(3, reading.getSite());
		statement.setString(4, reading.getNote());
		statement.setInt(5, reading.getSamples());
		statement.setDouble(6, reading.getCelsius());
		statement.setBoolean(7, reading.isValid());
		statement.setObject(8, reading.getTakenAt().atOffset(ZoneOffset.UTC));
	}

}
