package io.uno.bench;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.springframework.data.domain.Persistable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What a sensor measured: eight columns, as wide as the rows of many applications. Always
 * new, so that Spring Data does not ask for it before it is inserted.
 */
@Entity
@Table(name = "reading")
class Reading implements Persistable<Long> {

	static final String DDL = """
			create table reading (
				id bigint primary key,
				sensor uuid not null,
				site varchar(40) not null,
				note varchar(120) not null,
				samples integer not null,
				celsius double precision not null,
				valid boolean not null,
				taken_at timestamptz not null)""";

	/**
	 * One in eight is not ASCII.
	 */
	private static final String[] SITES = { "Aarau", "Basel", "Bern", "Chur", "Davos", "Lugano", "Olten", "Zürich" };

	@Id
	private Long id;

	@Column(nullable = false)
	private UUID sensor;

	@Column(nullable = false, length = 40)
	private String site;

	@Column(nullable = false, length = 120)
	private String note;

	private int samples;

	private double celsius;

	private boolean valid;

	@Column(nullable = false)
	private Instant takenAt;

	/**
	 * Makes the table, with rows whose ids are numbers from one on.
	 */
	static void fill(JdbcOperations jdbc, long rows) {
		jdbc.execute(DDL);
		jdbc.update("""
				insert into reading select id, gen_random_uuid(), 'Bern', 'filled', 1, 20, true, now()
				from generate_series(1, ?) id""", rows);
	}

	@SuppressWarnings("NullAway.Init") // Hibernate sets the fields
	protected Reading() {
	}

	private Reading(long id, SplittableRandom random) {
		this.id = id;
		this.sensor = new UUID(random.nextLong(), random.nextLong());
		this.site = SITES[random.nextInt(SITES.length)];
		this.note = "Reading " + id + " of device " + random.nextInt(1_000_000);
		this.samples = random.nextInt(10_000);
		this.celsius = random.nextInt(-400, 500) / 10.0;
		this.valid = random.nextInt(10) != 0;
		this.takenAt = Instant.ofEpochSecond(random.nextLong(1_500_000_000, 1_750_000_000),
				random.nextInt(1_000_000) * 1_000L);
	}

	/**
	 * Makes the reading with a key, the same one each time.
	 * @param id the key
	 * @return a reading
	 */
	static Reading of(long id) {
		return new Reading(id, new SplittableRandom(id));
	}

	@Override
	public Long getId() {
		return this.id;
	}

	@Override
	public boolean isNew() {
		return true;
	}

	UUID getSensor() {
		return this.sensor;
	}

	String getSite() {
		return this.site;
	}

	String getNote() {
		return this.note;
	}

	int getSamples() {
		return this.samples;
	}

	double getCelsius() {
		return this.celsius;
	}

	boolean isValid() {
		return this.valid;
	}

	Instant getTakenAt() {
		return this.takenAt;
	}

}
