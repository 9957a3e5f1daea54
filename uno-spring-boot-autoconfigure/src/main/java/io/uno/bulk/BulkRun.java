package io.uno.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.uno.error.BulkRowException;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.jpa.event.spi.CallbackRegistry;
import org.hibernate.jpa.event.spi.CallbackType;
import org.jspecify.annotations.Nullable;

/**
 * One bulk operation: takes rows from the source a few at a time, prepares them while the
 * connection is free, and writes them.
 *
 * @param <E> the entity
 */
final class BulkRun<E> {

	/**
	 * How many rows are prepared at once. A copy is paused for these that need the
	 * connection, so there are not too few, and they are held in memory, so there are not
	 * too many.
	 */
	private static final int CHUNK = 5_000;

	private static final int PROGRESS_INTERVAL = 10_000;

	private final BulkRequest<E> request;

	private final TablePlan plan;

	private final List<ReferencePlan> references;

	private final SharedSessionContractImplementor session;

	private final RowSink sink;

	private final IdentifierPlan identifiers;

	private final IdentifierDrawer drawer;

	private final ReferenceResolver resolver;

	private final @Nullable CallbackRegistry prePersist;

	private final List<Row> rows = new ArrayList<>();

	private final List<RejectedRow> rejected = new ArrayList<>();

	private final UnresolvedLog unresolved = new UnresolvedLog();

	private final long began = System.nanoTime();

	private long read;

	private long written;

	BulkRun(BulkRequest<E> request, TablePlan plan, List<ReferencePlan> references, Connection connection,
			SharedSessionContractImplementor session) {
		this.request = request;
		this.plan = plan;
		this.references = references;
		this.session = session;
		this.sink = plan.open(connection);
		this.identifiers = plan.identifiers();
		this.drawer = this.identifiers.drawer(connection);
		this.resolver = new ReferenceResolver(new KeyLookup(connection, session, plan.postgres(), this.sink));
		this.prePersist = prePersist(session, request.type());
	}

	private static @Nullable CallbackRegistry prePersist(SharedSessionContractImplementor session, Class<?> type) {
		CallbackRegistry registry = session.getFactory().getEventEngine().getCallbackRegistry();
		return registry.hasRegisteredCallbacks(type, CallbackType.PRE_PERSIST) ? registry : null;
	}

	BulkResult execute(Iterator<? extends E> source) throws SQLException {
		Counts counts;
		try {
			while (source.hasNext()) {
				List<Row> taken = take(source);
				prepare(taken);
				write(taken);
			}
			counts = this.sink.finish();
		}
		catch (Throwable failure) {
			cancel(failure);
			throw failure;
		}
		this.request.progress().accept(progress());
		return result(counts);
	}

	/**
	 * Whatever has gone wrong, a copy under way must not be ended, since that would keep
	 * its rows.
	 */
	private void cancel(Throwable failure) {
		try {
			this.sink.cancel();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	private List<Row> take(Iterator<? extends E> source) {
		int size = 0;
		while (size < CHUNK && source.hasNext()) {
			E entity = source.next();
			row(size++).reset(++this.read, entity);
			if (this.read % PROGRESS_INTERVAL == 0) {
				this.request.progress().accept(progress());
			}
		}
		return this.rows.subList(0, size);
	}

	private Row row(int index) {
		if (index == this.rows.size()) {
			this.rows.add(new Row(this.plan.mapping().references().size(), this.session, this.request.tellsEntities()));
		}
		return this.rows.get(index);
	}

	private void prepare(List<Row> taken) throws SQLException {
		for (Row row : taken) {
			requireType(row);
			if (this.prePersist != null && row.refusal() == null) {
				this.prePersist.preCreate(row.entity());
			}
		}
		for (ReferencePlan reference : this.references) {
			resolve(reference, taken);
		}
		if (this.identifiers.isGenerated()) {
			identify(taken);
		}
	}

	/**
	 * A row of a subclass has columns of its own, and null has none.
	 */
	private void requireType(Row row) {
		Class<?> type = row.isEmpty() ? null : row.entity().getClass();
		if (type != this.request.type()) {
			row.refuse(new RowRefusedException("the row is %s, not a %s"
				.formatted((type != null) ? "a " + type.getName() : "null", this.request.type().getName())));
		}
	}

	private void resolve(ReferencePlan reference, List<Row> taken) throws SQLException {
		@Nullable Object[] entities = taken.stream()
			.map((row) -> (row.refusal() == null) ? reference.reference().path().read(row) : null)
			.toArray();
		@Nullable Resolution[] resolutions = this.resolver.resolve(reference.target(), entities);
		for (int i = 0; i < resolutions.length; i++) {
			Resolution resolution = resolutions[i];
			if (resolution != null) {
				accept(reference, taken.get(i), resolution);
			}
		}
	}

	private static void accept(ReferencePlan reference, Row row, Resolution resolution) {
		if (reference.accepts(resolution)) {
			row.reference(reference.reference().position(), resolution);
		}
		else {
			row.refuse(reference.refusal(resolution));
		}
	}

	private void identify(List<Row> taken) throws SQLException {
		List<Row> without = taken.stream()
			.filter((row) -> row.refusal() == null && this.identifiers.lacksIdentifier(row))
			.toList();
		if (without.isEmpty()) {
			return;
		}
		if (this.identifiers.needsConnection()) {
			this.sink.pause();
		}
		this.drawer.draw(without);
		if (this.request.tellsEntities()) {
			without.forEach(this.identifiers::remember);
		}
	}

	private void write(List<Row> taken) throws SQLException {
		for (Row row : taken) {
			try {
				RowRefusedException refusal = row.refusal();
				if (refusal != null) {
					throw refusal;
				}
				this.sink.write(row);
				this.written++;
				report(row);
			}
			catch (RowRefusedException ex) {
				reject(row, ex);
			}
		}
	}

	private void report(Row row) {
		for (ReferencePlan reference : this.references) {
			Resolution resolution = row.reference(reference.reference().position());
			if (resolution != null && resolution.id() == null) {
				this.unresolved.add(row.number(), reference.reference().attribute(), resolution.key());
			}
		}
	}

	private void reject(Row row, RowRefusedException refusal) {
		int limit = this.request.errors().limit();
		if (this.rejected.size() == limit) {
			throw tooMany(row, refusal, limit);
		}
		this.rejected.add(new RejectedRow(row.number(), row.isEmpty() ? null : row.entity(), refusal.attribute(),
				refusal.column(), refusal.reason()));
	}

	private BulkRowException tooMany(Row row, RowRefusedException refusal, int limit) {
		String where = (refusal.attribute() != null) ? ", attribute '%s'".formatted(refusal.attribute()) : "";
		String before = (limit > 0)
				? "; that is one more than the %,d bad rows that collect(%d) leaves out".formatted(limit, limit) : "";
		return BulkRowException.builder()
			.row(row.number())
			.attribute(refusal.attribute())
			.table(this.plan.mapping().table())
			.column(refusal.column())
			.cause(refusal.getCause())
			.build("Row %d of %s cannot be written%s: %s%s".formatted(row.number(), this.request.type().getName(),
					where, refusal.reason(), before));
	}

	/**
	 * Find which row of the source the server means.
	 * @param line the row that the server counts
	 * @return the number of the row, or 0
	 */
	long rowOf(long line) {
		return this.sink.rowOf(line);
	}

	private BulkProgress progress() {
		return new BulkProgress(this.read, this.written, elapsed());
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.began);
	}

	private BulkResult result(Counts counts) {
		return new BulkResult(this.read, counts.inserted(), counts.updated(), counts.unchanged(),
				List.copyOf(this.rejected), this.unresolved.references(), elapsed(), this.plan.plan());
	}

}
